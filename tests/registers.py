"""Exports of rosters written by hand (ONDE, OneRoster, Apple School Manager, AAF 1D), and the marts that say who sits where."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import duckdb

import analysis
from analysis.config import Config
from analysis.engine import new_connection, quoted
from analysis.header import in_order, read_folder
from analysis.ingest import ingest
from analysis.lake import Lake
from analysis.open_lake import open_lake
from analysis.warehouse import load_days

_MARTS = Path(analysis.__file__).parent / "marts"
SEATING = {"person_identity", "register_person", "person", "class_school", "register_seat", "register_year", "seat", "enrolment"}

ONDE_HEADER = (
    "Nom élève;Nom d'usage élève;Prénom élève;Date naissance;Sexe;INE;Adresse1;Cp1;Commune1;Pays1;Adresse2;Cp2;Commune2;Pays2; Cycle;"
    "Niveau;Libellé classe;Identifiant classe;Attestation fournie;Autorisation associations;Autorisation photo;Décision de passage"
)


def onde(*pupils: tuple[str, str, str, str]) -> bytes:
    """An ONDE extraction of pupils: INE (or empty), name, level, class."""
    rows = [f"{name};;Prénom;01/02/2018;F;{ine};;;;;;;;;CYCLE II;{level};{label};;;;;" for ine, name, level, label in pupils]
    return "\r\n".join([ONDE_HEADER, *rows, ""]).encode("latin-1")


def zipped(files: Mapping[str, str]) -> bytes:
    """An archive of files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return out.getvalue()


def oneroster(pupils: Sequence[str], session: str = "2026", status: str = "") -> dict[str, str]:
    """The files of a OneRoster 1.1 export of one class, k1 of school o1; `session` is the year in which the school year ends."""
    users = [f"{p},{status},,true,o1,student,login,,Léa,Durand,,,,,,,," for p in pupils]
    enrolled = [f"e{p},,,k1,o1,{p},student,,," for p in pupils]
    files = {
        "manifest.csv": "propertyName,value\nmanifest.version,1.0\noneroster.version,1.1\n",
        "orgs.csv": "sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId\no1,,,École,school,0920001B,\n",
        "courses.csv": "sourcedId,status,dateLastModified,schoolYearSourcedId,title,courseCode,grades,orgSourcedId,subjects,subjectCodes\n"
        "c1,,,y1,Classe,,,o1,,\n",
        "demographics.csv": "sourcedId,status,dateLastModified,birthDate,sex,city\nu1,,,2018-03-02,female,Valmont\n",
        "users.csv": "sourcedId,status,dateLastModified,enabledUser,orgSourcedIds,role,username,userIds,givenName,familyName,middleName,"
        "identifier,email,sms,phone,agentSourcedIds,grades,password\n" + "\n".join(users) + "\n",
        "classes.csv": "sourcedId,status,dateLastModified,title,grades,courseSourcedId,classCode,classType,location,schoolSourcedId,"
        "termSourcedIds,subjects,subjectCodes,periods\nk1,,,CE1 Durand,CE1,c1,,homeroom,,o1,t1,,,\n",
        "enrollments.csv": "sourcedId,status,dateLastModified,classSourcedId,schoolSourcedId,userSourcedId,role,primary,beginDate,endDate\n"
        + "\n".join(enrolled)
        + "\n",
    }
    if session:
        files["academicSessions.csv"] = (
            "sourcedId,status,dateLastModified,title,type,startDate,endDate,parentSourcedId,schoolYear\n"
            f"y1,,,Année,schoolYear,,,,{session}\nt1,,,Trimestre,term,,,y1,{session}\n"
        )
    return files


def apple(pupils: Sequence[str], place: str) -> dict[str, str]:
    """The six templates of Apple School Manager: one class at one place."""
    head = "person_id,person_number,first_name,middle_name,last_name"
    return {
        "students.csv": f"{head},grade_level,email_address,sis_username,password_policy,location_id\n"
        + "".join(f"{p},,Léa,,Durand,CE1,,,4,{place}\n" for p in pupils),
        "staff.csv": f"{head},email_address,sis_username,location_id\nt1,,Marc,,Durand,,,{place}\n",
        "courses.csv": f"course_id,course_number,course_name,location_id\nc1,,Classe,{place}\n",
        "classes.csv": f"class_id,class_number,course_id,instructor_id,location_id\nk9,,c1,t1,{place}\n",
        "rosters.csv": "roster_id,class_id,student_id\n" + "".join(f"r{p},k9,{p}\n" for p in pupils),
        "locations.csv": f"location_id,location_name\n{place},École Jean Moulin\n",
    }


def request(kind: str, category: str, identifier: str, attributes: Mapping[str, str | Sequence[str]]) -> str:
    """One request of an AAF file."""
    item, block = ("modification", "modifications") if kind == "modifyRequest" else ("attr", "attributes")
    inside = "".join(
        f'<{item} name="{name}">{"".join(f"<value>{v}</value>" for v in ([value] if isinstance(value, str) else value))}</{item}>'
        for name, value in attributes.items()
    )
    name, value = category.split(":")
    named = f'<operationalAttributes><attr name="{name}"><value>{value}</value></attr></operationalAttributes>'
    return f"<{kind}>{named}<identifier><id>{identifier}</id></identifier>{f'<{block}>{inside}</{block}>' if inside else ''}</{kind}>\n"


def aaf(*requests: str, head: str = '<?xml version="1.0" encoding="UTF-8"?>') -> str:
    """An AAF file."""
    return f'{head}\n<!DOCTYPE ficAlimMENESR SYSTEM "ficAlimMENESR.dtd">\n<ficAlimMENESR>\n{"".join(requests)}</ficAlimMENESR>\n'


def seated(config: Config) -> duckdb.DuckDBPyConnection:
    """Takes what was dropped and makes the marts from registers to holdings, without the rest of a build, which takes much longer."""
    ingest(config, [])
    lake = Lake(config)
    connection = new_connection(config, config.data_dir)
    connection.execute("CREATE SCHEMA marts")
    open_lake(lake, lake.loaded(), connection)
    load_days(config, lake, date(2024, 9, 1), date(2026, 7, 31), connection)
    for mart in in_order(read_folder(_MARTS)):
        if mart.name in SEATING | {"school", "school_zone", "holding"}:
            connection.execute(f"CREATE TABLE marts.{quoted(mart.name)} AS {mart.sql}")
    return connection
