"""The twelve schools of Valmont-sur-Seine: who they are and what is planted in each."""

from dataclasses import dataclass
from datetime import date

from analysis.demo.clock import day_number
from analysis.demo.invented import invented_uai

COMMUNE = "Valmont-sur-Seine"
SCHOOL_YEAR = "2025-2026"
FULL_SIZE = 3000
CP_TO_CM2 = ("CP", "CE1", "CE2", "CM1", "CM2")
TRAINING_DAY = day_number(date(2025, 11, 5))
TRAINING_HOURS = 6
TRAINED_SCHOOL = "hirondelles"
LATE_DELIVERY_DAY = day_number(date(2025, 10, 13))
CLOSURE = (day_number(date(2025, 11, 24)), day_number(date(2025, 11, 25)))


@dataclass(frozen=True)
class Trolley:
    """A shared trolley: which class keeps it (0 to 1 in the order of classes), chance of a session on a school day.

    `devices` is how many stand in it; 0 leaves that to the size of the commune.
    """

    class_position: float
    session_share: float
    devices: int = 0


@dataclass(frozen=True)
class SchoolPlan:
    """One school. `pupils` is its size when the commune has 3,000; `log_use` multiplies minutes by its exponential."""

    key: str
    name: str
    pupils: int
    system: str
    export: str
    ips: float
    levels: tuple[str, ...] = CP_TO_CM2
    rep: str = ""
    sector: str = "public"
    week_pattern: str = "4"
    bells: str = "08:30-11:30,13:30-16:30"
    log_use: float = 0.0
    dark_share: float = 0.05
    take_home_share: float = 0.3
    individual_until: float = 1.0
    trolleys: tuple[Trolley, ...] = ()
    number: int = 0

    @property
    def uai(self) -> str:
        """The invented national code."""
        return invented_uai(self.number)


_LONG_WEEK = "08:30-11:30,13:30-15:45"
_SCHOOLS = (
    SchoolPlan("tilleuls", "École élémentaire Les Tilleuls", 330, "android", "ndjson", 84.2, rep="REP", take_home_share=0.5),
    SchoolPlan("moulin", "École élémentaire du Moulin-Bleu", 320, "android", "ndjson", 104.6, log_use=0.22),
    SchoolPlan("pommeraie", "École élémentaire La Pommeraie", 320, "android", "ndjson", 105.9, log_use=-0.22, take_home_share=0.5),
    SchoolPlan("clos", "École primaire du Clos-Fleuri", 190, "android", "csv", 97.3, CP_TO_CM2[:3], trolleys=(Trolley(0.9, 0.2),)),
    SchoolPlan("valnoir", "École élémentaire Jean-Valnoir", 300, "android", "joint", 92.8, dark_share=0.72),
    SchoolPlan("hirondelles", "École élémentaire Les Hirondelles", 310, "android", "csv", 111.4, take_home_share=0.4),
    SchoolPlan(
        *("port", "École élémentaire du Vieux-Bac", 300, "android", "weekly", 79.5),
        rep="REP+",
        individual_until=0.45,
        trolleys=(Trolley(0.5, 0.55), Trolley(0.7, 0.35), Trolley(0.95, 0.0)),
    ),
    SchoolPlan("source", "École élémentaire de la Source", 280, "chromebook", "admin", 99.1, trolleys=(Trolley(0.95, 0.3),)),
    SchoolPlan(
        *("marronniers", "École élémentaire Les Marronniers", 250, "chromebook", "gam", 108.2),
        week_pattern="4.5",
        bells=_LONG_WEEK,
    ),
    SchoolPlan("quais", "École élémentaire des Quais", 250, "ipad", "jamf", 101.7, individual_until=0.8),
    SchoolPlan(
        *("belvedere", "École privée Le Belvédère", 141, "ipad", "jamf", 124.3),
        sector="private",
        week_pattern="4.5",
        bells=_LONG_WEEK,
        trolleys=(Trolley(0.9, 0.3),),
    ),
    SchoolPlan("hameau", "École du Hameau-des-Prés", 9, "android", "joint", 95.0),
)


def school_plans(pupils: int) -> list[tuple[SchoolPlan, int]]:
    """The twelve schools with the number of pupils of each, for a commune of `pupils` (60 at least keeps every kind of school).

    The hamlet keeps its 9 pupils whatever the size; the first school takes what rounding leaves over.
    """
    plans = [SchoolPlan(**{**vars(plan), "number": i + 1}) for i, plan in enumerate(_SCHOOLS)]
    fixed = plans[-1].pupils
    sizes = [max(3, round(plan.pupils * (pupils - fixed) / (FULL_SIZE - fixed))) for plan in plans[:-1]]
    sizes[0] = max(4, sizes[0] + pupils - fixed - sum(sizes))
    return list(zip(plans, [*sizes, fixed], strict=True))
