"""Synthetic evidence scores: units score themselves kindly, appraisers cut some, with a reason."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from questionnaires.framework import Framework, Node

CUT_SHARE = 0.16
NOT_ARISING = {"ngoai-vu": ("online_payment", "late_apology", "law_inspection")}
"""Unit code → subjects of criteria that do not apply to it this year."""

CUT_NOTE = "(Giả lập) Tài liệu kiểm chứng chưa đầy đủ."
EXPLANATION = "(Giả lập) Đơn vị đã bổ sung văn bản sau thời hạn."
EVIDENCE = "(Giả lập) Báo cáo, văn bản kèm theo."
NOT_ARISING_REASON = "(Giả lập) Trong năm không phát sinh nội dung này."


def evidence_scores(
    framework: Framework, unit_code: str, unit_type: str, quality: float, rng: np.random.Generator
) -> Iterator[dict[str, Any]]:
    """One record per evidence leaf that applies to the unit's type, as `EvidenceScore` holds it."""
    for leaf in framework.leaves:
        if leaf.assessed_by == "evidence" and (not leaf.applies_to or unit_type in leaf.applies_to):
            if leaf.subject in NOT_ARISING.get(unit_code, ()):
                yield _not_arising(leaf)
            else:
                yield _scored(leaf, quality, rng)


def _not_arising(leaf: Node) -> dict[str, Any]:
    return {"criterion": leaf.code, "applicable": False, "inapplicable_reason": NOT_ARISING_REASON}


def _scored(leaf: Node, quality: float, rng: np.random.Generator) -> dict[str, Any]:
    """Points in quarters of the maximum; a cut takes one quarter off the self-score."""
    quarters = int(np.clip(round(4 * (0.86 + 0.25 * quality + rng.normal(0, 0.14))), 0, 4))
    cut = quarters > 0 and rng.random() < CUT_SHARE
    return {
        "criterion": leaf.code,
        "self_score": leaf.max_points * quarters / 4,
        "evidence": EVIDENCE,
        "appraised": leaf.max_points * (quarters - cut) / 4,
        "appraisal_note": CUT_NOTE if cut else "",
        "explanation": EXPLANATION if cut and rng.random() < 0.3 else "",
        "applicable": True,
        "inapplicable_reason": "",
    }
