"""Which forms of a batch a second person keys: the supervisor's choice."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from questionnaires.faults import N_, Fault
from survey import audit
from survey.collection.paper.judging import choose, judge
from survey.collection.paper.locking import locked_batch
from survey.collection.submission import Refused
from survey.collection.transaction import transaction
from survey.models import Batch, User
from survey.models.paper import PLANS

NO_SUCH_PLAN = N_("There is no such plan of verification.")
WRONG_SHARE = N_("The share of forms to key twice is between 1 and 100 percent.")
WRONG_LIMIT = N_("The limit of errors is between 0 and 100 percent.")
LARGE_SAMPLE = N_("The batch has %(forms)s forms: the sample holds no more of them.")
WRONG_SAMPLE = N_("The sample holds at least 1 form, and may hold fewer wrong forms than forms.")


@dataclass(frozen=True)
class Plan:
    """`plan`: "none"; "share", `verify_share` percent of the forms; "all"; or "acceptance", a sample of
    `sample_size` forms, of which at most `acceptance_number` may hold an error. `error_limit` is in percent
    of the items compared.
    """

    plan: str = "none"
    verify_share: int = 0
    sample_size: int = 0
    acceptance_number: int = 0
    error_limit: float = 1.0

    def columns(self) -> dict[str, Any]:
        return asdict(self)


NO_PLAN = Plan()


def require_sound(plan: Plan) -> None:
    """Raises Refused."""
    faults = []
    if plan.plan not in PLANS:
        faults.append(Fault("plan", NO_SUCH_PLAN))
    if not 0 <= plan.verify_share <= 100 or (plan.plan == "share" and not plan.verify_share):
        faults.append(Fault("verify_share", WRONG_SHARE))
    if not 0 <= plan.error_limit <= 100:
        faults.append(Fault("error_limit", WRONG_LIMIT))
    if plan.plan == "acceptance" and not 0 <= plan.acceptance_number < plan.sample_size:
        faults.append(Fault("sample_size", WRONG_SAMPLE))
    if faults:
        raise Refused(faults)


def set_plan(batch: Batch, plan: Plan, person: User) -> None:
    """Verify this batch by another plan from now on; what was keyed already is chosen from too.

    A second reading that was asked for before stays asked for. Raises Refused.
    """
    require_sound(plan)
    if plan.sample_size > batch.forms_expected:
        raise Refused([Fault("sample_size", LARGE_SAMPLE, {"forms": batch.forms_expected})])
    with transaction():
        locked = locked_batch(batch.id)
        for name, value in plan.columns().items():
            setattr(locked, name, value)
        audit.record("batch.plan", f"batch {locked.code}", **plan.columns())
        choose(locked, person.id)
        judge(locked, person.id)
