"""Control groups of a cell."""

import pytest

from lab.cell import cgroups

HYBRID = """\
31 23 0:28 / /sys/fs/cgroup rw,relatime - tmpfs tmpfs rw,mode=755
32 31 0:29 / /sys/fs/cgroup/cpu rw,relatime - cgroup cgroup rw,cpu
41 31 0:38 / /sys/fs/cgroup/unified rw,relatime shared:9 - cgroup2 cgroup2 rw
"""
UNIFIED = "30 23 0:26 / /sys/fs/cgroup rw,nosuid shared:4 - cgroup2 cgroup2 rw,nsdelegate\n"


@pytest.mark.parametrize(
    ("mounts", "found"),
    [
        pytest.param(HYBRID, [("/sys/fs/cgroup/cpu", False), ("/sys/fs/cgroup/unified", True)], id="hybrid"),
        pytest.param(UNIFIED, [("/sys/fs/cgroup", True)], id="version 2"),
        pytest.param("22 27 0:21 / /proc rw - proc proc rw\n", [], id="none"),
    ],
)
def test_hierarchies_are_read_from_the_mounts(mounts, found):
    """Each hierarchy is a mount of its own, whatever optional fields stand before the dash."""
    assert [(str(path), second) for path, second in cgroups.hierarchies(mounts)] == found


def test_a_version_1_cpuset_can_be_used_at_once(tmp_path):
    """A new cpuset has its parent's processors and memory, without which it takes no process."""
    settings = {"cpuset.cpus": "0-1", "cpuset.mems": "0"}
    for folder in (tmp_path, tmp_path / "mesh-dev", tmp_path / "mesh-dev" / cgroups.DAEMONS):
        folder.mkdir(exist_ok=True)
        for name, value in settings.items():
            (folder / name).write_text(value if folder == tmp_path else "")
    cgroups.create("mesh-dev", within=[(tmp_path, False)])
    made = tmp_path / "mesh-dev" / cgroups.DAEMONS
    assert {name: (made / name).read_text() for name in settings} == settings


def test_version_2_hands_on_what_it_is_offered_and_no_more(tmp_path):
    """Controllers the kubelet wants are enabled for the children, those the kernel does not offer are left out."""
    for folder in (tmp_path, tmp_path / "mesh-dev"):
        folder.mkdir(exist_ok=True)
        (folder / "cgroup.controllers").write_text("memory pids rdma")
        (folder / "cgroup.subtree_control").write_text("memory")
    cgroups.create("mesh-dev", within=[(tmp_path, True)])
    assert (tmp_path / "mesh-dev" / "cgroup.subtree_control").read_text() == "+pids"


def test_removal_starts_at_the_deepest_and_spares_others(tmp_path):
    """The whole tree of the name goes, its neighbour stays."""
    (tmp_path / "mesh-dev/kubepods/pod1").mkdir(parents=True)
    (tmp_path / "mesh-prod").mkdir()
    assert cgroups.remove("mesh-dev", within=[(tmp_path, False)], seconds=0)
    assert [path.name for path in tmp_path.iterdir()] == ["mesh-prod"]


def test_a_group_that_is_in_use_is_reported(tmp_path):
    """What cannot be removed in time is said, not passed over; its processes can be named."""
    (tmp_path / "mesh-dev").mkdir()
    (tmp_path / "mesh-dev/cgroup.procs").write_text("17\n42\n")
    assert not cgroups.remove("mesh-dev", within=[(tmp_path, False)], seconds=0)
    assert cgroups.processes("mesh-dev", within=[(tmp_path, False)]) == {17, 42}
