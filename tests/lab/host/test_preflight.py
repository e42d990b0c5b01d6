"""Which machines are told that they cannot run the lab, and in which words."""

import dataclasses
from pathlib import Path

import pytest

from lab.errors import LabError
from lab.host import preflight

GIB = 1024**3
FIT = preflight.Machine(
    system="Linux",
    machine="x86_64",
    uid=0,
    available_memory=8 * GIB,
    free_disk=lambda folder: 40 * GIB,
    device=lambda folder: 1,
    try_namespaces=lambda: "",
    try_cgroups=lambda: "",
    has_overlay=True,
    has_apt=True,
)


def _check(machine, *, cold=True, lab=True, starting=True):
    preflight.check(
        machine,
        lab=lab,
        starting=starting,
        cold=cold,
        cache=Path("/c"),
        state=Path("/s"),
        modules=Path("/m"),
        builds=Path("/b"),
    )


@pytest.mark.parametrize("cold", [pytest.param(True, id="cold"), pytest.param(False, id="warm")])
def test_a_fit_machine_passes(cold):
    """Nothing is said when nothing is wrong."""
    _check(FIT, cold=cold)


@pytest.mark.parametrize(
    ("lacks", "words"),
    [
        pytest.param({"system": "Darwin"}, ["needs Linux", "Darwin"], id="not Linux"),
        pytest.param({"machine": "riscv64"}, ["x86_64 or aarch64", "riscv64"], id="another processor"),
        pytest.param({"uid": 1000}, ["needs root", "user id 1000", "sudo"], id="not root"),
        pytest.param({"has_apt": False}, ["no apt-get", "Debian 12"], id="not Debian"),
        pytest.param(
            {"try_namespaces": lambda: "Operation not permitted"},
            ["Operation not permitted", "--privileged"],
            id="no namespaces",
        ),
        pytest.param({"try_cgroups": lambda: "Read-only file system"}, ["/sys/fs/cgroup"], id="no control groups"),
        pytest.param({"has_overlay": False}, ["modprobe overlay"], id="no overlay"),
        pytest.param({"available_memory": 2 * GIB}, ["2.0 GiB of memory", "need 3 GiB"], id="little memory"),
        pytest.param(
            {"free_disk": lambda folder: 5 * GIB}, ["5.0 GiB of disk", "17 GiB", "GOMODCACHE"], id="little disk"
        ),
    ],
)
def test_an_unfit_machine_is_told_what_is_wrong_and_what_to_do(lacks, words):
    """One paragraph: what there is, what is needed, the remedy, and that a cluster of one's own needs no lab."""
    with pytest.raises(LabError) as error:
        _check(dataclasses.replace(FIT, **lacks))
    for word in [*words, "KUBECONFIG"]:
        assert word in str(error.value)
    assert "\n" not in str(error.value)


def test_all_reasons_are_told_at_once():
    """Nobody mends a machine one run at a time."""
    with pytest.raises(LabError) as error:
        _check(dataclasses.replace(FIT, has_overlay=False, available_memory=GIB, free_disk=lambda folder: 0))
    for word in ("overlay", "memory", "disk"):
        assert word in str(error.value)


def test_a_warm_start_needs_less_disk_than_a_cold_one():
    """5 GiB are enough once the tools are built."""
    _check(dataclasses.replace(FIT, free_disk=lambda folder: 5 * GIB), cold=False)


def test_tools_alone_need_no_root_and_little_room():
    """A cluster of the user's is served from an ordinary account."""
    account = dataclasses.replace(
        FIT, uid=1000, has_apt=False, available_memory=GIB, free_disk=lambda folder: 6 * GIB, has_overlay=False
    )
    _check(account, lab=False, starting=False)


def test_a_cluster_that_runs_already_needs_no_more_memory():
    """It has what it needs, which is why little is left."""
    _check(dataclasses.replace(FIT, available_memory=GIB), cold=False, starting=False)


def test_each_disk_is_judged_by_what_goes_there():
    """A small disk for the state alone is enough, whatever the cache needs elsewhere."""
    small = dataclasses.replace(
        FIT,
        device=lambda folder: 2 if folder == Path("/s") else 1,
        free_disk=lambda folder: 3 * GIB if folder == Path("/s") else 40 * GIB,
    )
    _check(small)


def test_the_real_machine_can_be_looked_at():
    """Reading the machine needs neither root nor changes anything."""
    machine = preflight.look()
    assert machine.available_memory > 0
    assert machine.free_disk(Path("/not/there/yet")) > 0
