"""What marks the demonstration as invented: a department code that no school has."""

INVENTED_DEPARTMENT = "998"
_LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ"  # 23 letters: without I, O, Q


def is_invented(uai: str) -> bool:
    """Whether the school code `uai` belongs to the demonstration and to no real school."""
    return uai.startswith(INVENTED_DEPARTMENT)


def invented_uai(number: int) -> str:
    """The code of the invented school `number` (1 to 9999), with the check letter that the national register would give it."""
    digits = f"{INVENTED_DEPARTMENT}{number:04d}"
    return digits + _LETTERS[int(digits) % len(_LETTERS)]
