import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client
from django.test.utils import override_settings
from hypothesis import HealthCheck, settings

from reader.accounts.models import User
from tests.world import World, make_world

# Playwright's synchronous interface runs an event loop in the test's own thread, where Django refuses queries.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

ROOT = Path(__file__).resolve().parent.parent
# A busy machine is no fault of what is tested.
settings.register_profile("forecite", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("forecite")

#: What gives a test its database.
DATABASE = {"db", "transactional_db", "django_db_setup", "live_server"}

SHARED = ROOT.parent / "shared"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--of-the-database", action="store_true", help="only tests that open a database: the others know of none"
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--of-the-database"):
        pure = [item for item in items if not opens_a_database(item)]
        config.hook.pytest_deselected(items=pure)
        items[:] = [item for item in items if opens_a_database(item)]


def opens_a_database(item: pytest.Item) -> bool:
    return bool(DATABASE & set(getattr(item, "fixturenames", ()))) or item.get_closest_marker("django_db") is not None


@pytest.fixture(scope="session", autouse=True)
def collected_static(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Hashed static files, as an installation serves them; and a quick password hasher."""
    root = tmp_path_factory.mktemp("static")
    with override_settings(STATIC_ROOT=root, PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        call_command("collectstatic", interactive=False, verbosity=0)
        yield


@pytest.fixture
def world(db: None) -> World:
    return make_world()


@pytest.fixture
def ada(world: World) -> Client:
    return signed_in(world.ada)


@pytest.fixture
def ben(world: World) -> Client:
    return signed_in(world.ben)


@pytest.fixture
def cleo(world: World) -> Client:
    return signed_in(world.cleo)


@pytest.fixture
def vera(world: World) -> Client:
    return signed_in(world.vera)


@pytest.fixture
def dov(world: World) -> Client:
    return signed_in(world.dov)


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client
