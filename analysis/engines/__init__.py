"""Where the data lie: a table, Parquet files larger than memory, or shards on several workers."""

from analysis.engines import source_estimates, source_shares  # these register how a SourceDesign answers
from analysis.engines.frame_source import FrameSource
from analysis.engines.parquet_source import ParquetSource
from analysis.engines.shard_source import ShardSource
from analysis.engines.source import Source
from analysis.engines.source_design import SourceDesign

__all__ = [
    "FrameSource",
    "ParquetSource",
    "ShardSource",
    "Source",
    "SourceDesign",
    "source_estimates",
    "source_shares",
]
