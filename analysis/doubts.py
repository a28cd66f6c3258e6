"""What the registers leave in doubt, in sentences: how it is counted, and what would settle it."""

# one, several, what is done about it and what settles it
_WORDS = {
    "device_of_two_holders": (
        "tablet is",
        "tablets are",
        "assigned to two persons from the same day on: the minutes are nobody's. Correct assignments.csv.",
    ),
    "device_without_holder": (
        "tablet of devices.csv has",
        "tablets of devices.csv have",
        "no line in assignments.csv: what is logged of them counts for nobody. Add who holds them.",
    ),
    "holder_not_enrolled": (
        "holder of a tablet is",
        "holders of a tablet are",
        "in no class: the days are in no school's figures. Add them to enrolments.csv.",
    ),
    "pupil_in_two_classes": (
        "pupil is",
        "pupils are",
        "in two classes at once: from the day on which the second begins, only that one counts. Close the first in enrolments.csv.",
    ),
    "class_in_no_school": (
        "class stands",
        "classes stand",
        "in no line of classes.csv: a trolley of such a class counts in no school. Add them.",
    ),
    "said_twice": (
        "entry has",
        "entries have",
        "two lines in one file that differ: one of the two counts, always the same. Correct the file; lake.contradictions has the tables.",
    ),
    "school_not_listed": (
        "school of the registers is not in schools.csv and gets",
        "schools of the registers are not in schools.csv and get",
        "no report. Add them, or leave them out of the other registers.",
    ),
}


def sentences_of_doubts(doubts: list[dict]) -> list[str]:
    """A sentence for each row (doubt, number) of `marts.roster_doubt`."""
    told = []
    for row in doubts:
        one, many, rest = _WORDS[row["doubt"]]
        told.append(f"registers: {row['number']:,} {one if row['number'] == 1 else many} {rest}")
    return told
