"""The apps of the demonstration: package, name, category in the town's words (empty: not in the catalogue), how often, activities."""

from dataclasses import dataclass


@dataclass(frozen=True)
class App:
    """One Android app. `weight` is how often it comes up; `activities` are the class names of its screens (two at least)."""

    package: str
    name: str
    category: str
    weight: float
    activities: tuple[str, ...]
    chosen_on: str = ""
    licence_cost_eur: str = ""


LAUNCHER = App(
    *("com.sec.android.app.launcher", "Écran d'accueil", "système", 0.0, ("com.sec.android.app.launcher.activities.LauncherActivity",))
)
SYSTEM = "android"


def _app(package: str, name: str, category: str, weight: float, *more: str, screens: str = "MainActivity ContentActivity") -> App:
    return App(package, name, category, weight, tuple(f"{package}.ui.{screen}" for screen in screens.split()), *more)


_READER = "LibraryActivity PageActivity PlayerActivity"
APPS = (
    _app("org.example.valmont.lecture", "Lecture du soir", "lecture", 18, "2024-06-03", "4500", screens=_READER),
    _app("org.example.syllabes", "Syllabes en herbe", "lecture", 12, "2025-05-12", "2100"),
    _app(
        "org.example.calculmental",
        "Calcul mental",
        "mathématiques",
        20,
        "2023-05-22",
        "0",
        screens="HomeActivity GameActivity ScoreActivity",
    ),
    _app("org.example.geometrie", "Géométrie animée", "mathématiques", 8, "2023-05-22", "1300"),
    _app("org.example.atelierlivre", "Atelier du livre", "création", 12, "2022-09-05", "1900", screens="ShelfActivity EditorActivity"),
    _app("org.example.filmimage", "Film image par image", "création", 5, "2024-06-03", "0"),
    _app("org.example.anglais", "First Steps in English", "langues", 8, "2024-06-03", "2600"),
    _app("org.example.portail", "Portail de l'école", "ENT", 10, "2021-09-01", "", screens="WebActivity MessageActivity"),
    _app("com.android.chrome", "Navigateur", "navigation", 8, "", "", screens="ChromeTabbedActivity SearchActivity"),
    _app("com.sec.android.app.camera", "Appareil photo", "outils", 4, "", ""),
    _app("com.sec.android.app.notes", "Notes", "outils", 3, "", ""),
    _app("org.example.labyrinthe", "Labyrinthe", "", 3),
    _app("com.android.settings", "Paramètres", "système", 1, "", "", screens="SettingsActivity SubSettings"),
)
