"""How data are refused: everything wrong with them at once."""

from questionnaires.faults import DefinitionError


class DataError(DefinitionError):
    """Data that do not fit their definition; `faults` names each place: a response, a unit, a file's row."""
