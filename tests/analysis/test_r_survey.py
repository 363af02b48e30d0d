"""The numbers are R's, on every design whose numbers we hold: one comparison answers for each check."""

import importlib
import pkgutil
from collections.abc import Callable

import pytest

from tests.analysis import r_checks
from tests.analysis.r_survey import CHECKS, COMPARISONS, DESIGNS

for module in pkgutil.iter_modules(r_checks.__path__, r_checks.__name__ + "."):
    importlib.import_module(module.name)

DOES_NOT_APPLY: dict[str, str] = {}
"""Check id → why nothing here can give that number."""


@pytest.mark.parametrize("check", [check for check in CHECKS if check not in DOES_NOT_APPLY])
def test_the_number_is_the_one_r_gives(check: str) -> None:
    assert check in COMPARISONS, f"nothing compares {CHECKS[check]['call']}"
    COMPARISONS[check](check)


def test_each_check_is_compared_or_has_a_reason_not_to_be(
    record_property: Callable[[str, str], None],
) -> None:
    """Says at the end of the run, by whichever process, how many checks pass."""
    failed = [check for check in CHECKS if check not in DOES_NOT_APPLY and not _passes(check)]
    passed = len(CHECKS) - len(failed) - len(DOES_NOT_APPLY)
    record_property(
        "summary", f"{passed} of R's {len(CHECKS)} checks pass; {len(DOES_NOT_APPLY)} do not apply"
    )
    for check, reason in DOES_NOT_APPLY.items():
        record_property("summary", f"  {check}: {reason}")
    assert not failed


def _passes(check: str) -> bool:
    try:
        COMPARISONS[check](check)
    except (AssertionError, KeyError):
        return False
    return True


def test_each_design_is_used() -> None:
    assert {check["design"] for check in CHECKS.values()} == set(DESIGNS)
