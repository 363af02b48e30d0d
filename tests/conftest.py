"""The services every test may ask for: a database of each kind, and a browser.

A missing program fails the test and names what to install: a suite that silently tests less proves less.
"""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

BACKENDS = {"sqlite": ["sqlite"], "postgresql": ["postgresql"], "both": ["sqlite", "postgresql"]}
CHROMIUM_NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
# Without these, Chromium calls its maker at every start, which a closed network answers with delays.
QUIET_CHROMIUM = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
)
# Test data may be lost in a power cut; waiting for the disk would only cost time.
UNSAFE_BUT_FAST = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"


# A busy machine is no fault of the code: what a case takes is measured in benchmarks/, never bounded here.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


@pytest.fixture(scope="session", params=BACKENDS[os.environ.get("TEST_DATABASES", "both")])
def database_backend(request: pytest.FixtureRequest) -> str:
    """`sqlite` or `postgresql`; TEST_DATABASES=sqlite|postgresql|both chooses, both by default."""
    return request.param


@pytest.fixture(scope="session")
def new_database(
    database_backend: str, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str], str]:
    """A function that makes an empty database of the backend under test and returns its URL."""
    if database_backend == "sqlite":
        return lambda name: f"sqlite:///{tmp_path_factory.mktemp('sqlite') / name}.db"
    socket_folder = request.getfixturevalue("postgresql_cluster")
    return lambda name: create_postgresql_database(socket_folder, name)


@pytest.fixture(scope="session")
def database_url(new_database: Callable[[str], str]) -> str:
    """The URL of a database, empty at first and shared by the tests of one worker process."""
    return new_database("shared")


@pytest.fixture(scope="session")
def postgresql_cluster() -> Iterator[Path]:
    """A temporary PostgreSQL server of this worker alone: no port, only a socket in the folder returned."""
    folder = Path(tempfile.mkdtemp(prefix="postgresql-"))
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
    data = folder / "data"
    server_options = f"-c listen_addresses= -c unix_socket_directories={folder} {UNSAFE_BUT_FAST}"
    initdb_options = "--username=tests --auth=trust --encoding=UTF8 --no-locale --no-sync"
    run_postgresql("initdb", "-D", data, *initdb_options.split())
    run_postgresql("pg_ctl", "start", "-D", data, "-l", folder / "log", "-o", server_options)
    try:
        yield folder
    finally:
        run_postgresql("pg_ctl", "stop", "-D", data, "-m", "immediate")
        shutil.rmtree(folder)


def run_postgresql(program: str, *arguments: str | Path) -> None:
    """Run a server program of PostgreSQL; those refuse to work for root, so Debian's user runs them then."""
    drop_root = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    subprocess.run(
        [*drop_root, postgresql_program(program), *arguments],
        cwd="/",
        check=True,
        stdout=subprocess.DEVNULL,
    )


def postgresql_program(name: str) -> str:
    """The path of a server program, which Debian keeps outside PATH, the newest version first."""
    debian = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: int(path.parts[4]))
    found = shutil.which(name) or (debian and str(debian[-1]))
    if not found:
        pytest.fail(f"PostgreSQL's {name} is missing: install the package 'postgresql'", pytrace=False)
    return found


def create_postgresql_database(socket_folder: Path, name: str) -> str:
    """Create an empty database; a number behind the name keeps each one new."""
    import psycopg

    server = f"host={socket_folder} user=tests dbname=postgres"
    with psycopg.connect(server, autocommit=True) as connection:
        count = connection.execute("SELECT count(*) FROM pg_database").fetchone()[0]
        connection.execute(f'CREATE DATABASE "{name}_{count}"')
    return f"postgresql+psycopg://tests@/{name}_{count}?host={socket_folder}"


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict) -> dict:
    """Launch the system's Chromium; browser tests download nothing."""
    executable = next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
    if not executable:
        pytest.fail("Chromium is missing: install the package 'chromium'", pytrace=False)
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []  # Chromium's sandbox refuses to start for root
    return {**browser_type_launch_args, "executable_path": executable, "args": [*QUIET_CHROMIUM, *sandbox]}


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what tests recorded as their "summary", also where another process ran them."""
    for report in [*terminalreporter.getreports("passed"), *terminalreporter.getreports("failed")]:
        for name, sentence in report.user_properties:
            if name == "summary" and report.when == "call":
                terminalreporter.write_line(str(sentence))
