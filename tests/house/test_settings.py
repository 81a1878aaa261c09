"""Every setting is typed, explained, and said to be wrong in plain words."""

import re
from pathlib import Path

import pytest
from django.db import connection

from unbroken.house import addresses, environment
from unbroken.house import settings as house
from unbroken.house.addresses import WrongSetting
from unbroken.house.environment import CHECKOUT
from unbroken.house.setting_list import SETTINGS


def test_every_variable_in_the_code_is_explained() -> None:
    used = set()
    for path in [*CHECKOUT.glob("unbroken/**/*.py"), *CHECKOUT.glob("bin/*")]:
        if path.is_file():
            used |= set(re.findall(r"\bUNBROKEN_[A-Z_]+\b", path.read_text(errors="ignore")))

    for_tests = {"UNBROKEN_NEEDS_BROWSER", "UNBROKEN_TEST_THOROUGH"}
    assert used - for_tests - {setting.name for setting in SETTINGS} == set()


def test_passwords_are_kept_by_the_costly_sum_outside_of_the_tests() -> None:
    """The tests themselves take a cheap one."""
    kept_by = [hasher.rpartition(".")[2] for hasher in house.PASSWORD_HASHERS]

    assert kept_by == ["Argon2PasswordHasher"]


def test_every_meaning_is_a_sentence() -> None:
    for setting in SETTINGS:
        assert setting.meaning.endswith("."), setting.name
        assert setting.meaning[0].isupper() or setting.meaning[0].isdigit(), setting.name


def test_nothing_set_gives_a_desk_on_a_laptop() -> None:
    read = environment.read({})

    assert str(read.http) == "127.0.0.1:8000"
    assert read.base_url == "http://127.0.0.1:8000"
    assert read.smtp_url.startswith("file:///")
    assert not read.has_outside_database


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("UNBROKEN_HTTP", "8000"),
        ("UNBROKEN_LMTP", "localhost:lmtp"),
        ("UNBROKEN_SMTP", "127.0.0.1:99999"),
        ("UNBROKEN_BASE_URL", "desk.example"),
        ("UNBROKEN_WEB_THREADS", "0"),
        ("UNBROKEN_POOL", "many"),
        ("UNBROKEN_CLOCK", "yesterday@60"),
        ("UNBROKEN_CLOCK", "2026-05-24T06:00:00@60"),
        ("UNBROKEN_CLOCK", "2026-05-24T06:00:00+02:00@-1"),
    ],
)
def test_a_wrong_value_is_named(name: str, value: str) -> None:
    with pytest.raises(WrongSetting, match=name):
        environment.read({name: value})


def test_a_database_address_is_taken_apart() -> None:
    database = addresses.database_from_url(
        "postgresql://desk:p%40ss@db.example:5433/desk?sslmode=require"
    )

    assert (database.host, database.port, database.user) == ("db.example", "5433", "desk")
    assert database.password == "p@ss"
    assert database.options == (("sslmode", "require"),)
    assert "password='p@ss'" in database.dsn()


def test_a_socket_folder_may_stand_in_the_address() -> None:
    database = addresses.database_from_url("postgresql:///desk?host=/var/run/postgresql")

    assert (database.host, database.name) == ("/var/run/postgresql", "desk")


@pytest.mark.parametrize("url", ["mysql://x/y", "postgresql://host", "postgresql://h:port/x"])
def test_a_wrong_database_address_is_told(url: str) -> None:
    with pytest.raises(WrongSetting, match="UNBROKEN_DATABASE_URL"):
        addresses.database_from_url(url)


@pytest.mark.django_db
def test_a_test_database_carries_its_mark() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SHOW unbroken.test")
        assert cursor.fetchone() == ("on",)


def test_the_data_folder_is_named_in_full(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")

    assert environment.read({"UNBROKEN_DATA": str(tmp_path / "link")}).data == tmp_path / "real"
