"""A survey design over rows that lie elsewhere: the same estimates, from sums."""

from __future__ import annotations

import copy
from dataclasses import dataclass
from typing import NoReturn

import numpy as np
import pandas as pd

from analysis.engines.row_reader import INSIDE, RowReader
from analysis.engines.row_units import stage_of_rows
from analysis.engines.source import Source
from analysis.engines.sums import Sums
from analysis.estimation.design import Design
from analysis.estimation.design_columns import Columns, names_of
from analysis.estimation.design_error import DesignError, listed
from analysis.estimation.estimation import check_option
from analysis.estimation.lonely import Lonely
from questionnaires.faults import N_

# What a `Design` knows of its rows or does with them.
_OF_ROWS = (
    *("frame", "weights", "inside", "is_domain", "stages", "degrees_of_freedom", "steps", "report"),
    *("replicates", "replicate_weights", "with_replicates", "starting_weights", "adjustments"),
    *("calibrations", "effects", "reweighted"),
)

_WEIGHT = "*weight*"  # column of a collapsed table; no survey names one so


class SourceDesign:
    """A sample as in `Design`, whose rows are read from a `source` block by block and never held.

    The arguments are those of `Design`. `mean`, `total`, `ratio`, `domain_means`, `proportion` and what is
    made of them (`contrast`, domains by `where`) give the answer of a `Design` over all rows: each question
    reads the data twice, first for totals, then for sums of scores by sampling unit and domain, which alone
    are kept (Binder, 1983, International Statistical Review 51). Memory grows with units × domains × columns
    where there are clusters, otherwise with strata × domains × columns. Whatever needs the rows at once
    (quantiles, models, weighting, replicates) is refused; so is `lonely_in_domains` where rows are the units.

    Reads the design's columns once when made. Raises DesignError.
    """

    def __init__(
        self,
        source: Source,
        weights: Columns = None,
        probabilities: Columns = None,
        strata: Columns = None,
        clusters: Columns = None,
        fpc: Columns = None,
        nest: bool = False,
        lonely: Lonely = "fail",
        lonely_in_domains: bool = False,
    ) -> None:
        self.source = source
        self.lonely: Lonely = lonely
        self.nest, self.lonely_in_domains = nest, lonely_in_domains
        self.roles = {
            "weights": names_of(weights),
            "probabilities": names_of(probabilities),
            "strata": names_of(strata),
            "clusters": names_of(clusters),
            "fpc": names_of(fpc),
        }
        check_option("lonely", lonely, Lonely)
        if lonely_in_domains and not self.has_clusters:
            raise DesignError(
                N_(
                    "Lonely units within domains cannot be told from sums where each row is a unit. Name the "
                    "clusters, or use a design over a table."
                )
            )
        self.keys = self._keys()
        self.units = self._units()
        base = self._base()
        self.reader = RowReader(self.roles, base=(self.units.keys, base))

    @property
    def has_clusters(self) -> bool:
        """True where clusters are the sampling units, False where each row is."""
        return bool(self.roles["clusters"])

    @property
    def rows(self) -> int:
        """How many rows there are, in the domain or not."""
        return int(self.units.of("rows").sum())

    def where(self, condition: str) -> SourceDesign:
        """The domain of rows for which `condition` holds; it keeps the whole design for its variance.

        `condition` is an expression as in `Design.where`, of comparisons and functions that answer row by
        row.
        """
        if not isinstance(condition, str):
            raise DesignError(N_("A condition on rows that lie elsewhere is an expression, not values."))
        domain = copy.copy(self)
        domain.reader = self.reader.within(condition)
        return domain

    def collapsed(self, keys: pd.DataFrame, weights: np.ndarray | None) -> Design:
        """A design of which each row (G, ·) stands for rows of one sampling unit; `weights`: (G,) their sums,
        None for those that the population sizes give.
        """
        stages = {
            role: [name for name in self.roles[role] if name in keys.columns]
            for role in ("strata", "clusters", "fpc")
        }
        frame = keys if weights is None else keys.assign(**{_WEIGHT: weights})
        named = keys[stages["clusters"]] if stages["clusters"] else keys
        return Design(
            frame.set_axis(pd.MultiIndex.from_frame(named)),
            weights=None if weights is None else _WEIGHT,
            nest=self.nest,
            lonely=self.lonely,
            lonely_in_domains=self.lonely_in_domains,
            **stages,
        )

    def __getattr__(self, name: str) -> NoReturn:
        """Refuse, in words, what a design over a table has and this one has not."""
        if name not in _OF_ROWS:
            raise AttributeError(name)
        raise DesignError(
            N_(
                "This needs the rows of the data, but the design is over a source, which gives sums: means, "
                "totals, ratios and shares. Use a design over a table."
            )
        )

    def _keys(self) -> tuple[str, ...]:
        """The columns that tell sampling units apart, as far as the variance needs them: without population
        sizes the stages after the first add nothing to it.
        """
        strata, clusters, fpc = (self.roles[role] for role in ("strata", "clusters", "fpc"))
        names = [*strata, *clusters, *fpc] if fpc else [*strata[:1], *clusters[:1]]
        return tuple(dict.fromkeys(names))

    def _units(self) -> Sums:
        """Rows by sampling unit, or by stratum where rows are the units; the columns having been checked."""
        reader = RowReader(self.roles)
        absent = [name for name in reader.columns([]) if name not in self.source.columns]
        if absent:
            raise DesignError(N_("There is no column “%(columns)s” in the data."), columns=listed(absent))
        return self.source.reduce(_UnitsPass(reader, self.keys), Sums.joined, reader.columns([]))

    def _base(self) -> np.ndarray:
        """(G,) weight of each unit's rows where no column has weights; checks the design on the way."""
        given = self.roles["weights"] or self.roles["probabilities"]
        weights = np.ones(len(self.units.keys)) if given or not self.roles["fpc"] else None
        if self.has_clusters:
            return self.collapsed(self.units.keys, weights).weights
        stage = stage_of_rows(self.units.keys, self.units.of("rows"), self.roles)
        if weights is None and not np.isfinite(stage.population).all():
            raise DesignError(N_("Weights cannot come from population sizes of which one is unknown."))
        return weights if weights is not None else (stage.population / stage.sampled)[stage.strata]


@dataclass(frozen=True, eq=False)
class _UnitsPass:
    """Rows by unit; reads the weights too, so that a bad one is refused at once."""

    reader: RowReader
    keys: tuple[str, ...]

    def __call__(self, frame: pd.DataFrame) -> Sums:
        self.reader.check(frame)
        self.reader.weights(frame)
        codes, groups = self.reader.groups(frame, self.keys)
        return Sums(groups.drop(columns=INSIDE), {"rows": np.bincount(codes).astype(float)})
