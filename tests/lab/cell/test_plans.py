"""What two cells side by side must not share, and what a daemon is told."""

import json

import yaml

from lab.cell import enter, etc
from lab.cell.daemons import API_SERVER, daemons, environment
from lab.cell.files import CLIENTS, files
from tests.lab.cell.doubles import layout

DEV, PROD = layout(), layout(name="prod", number=1)


def told(plan):
    return files(plan, pause_image="localhost:5917/pause:1", registry_port=5917)


def test_each_kubelet_has_a_control_group_and_address_of_its_own():
    """Two kubelets on one control group would kill each other's pods."""
    first, second = (yaml.safe_load(told(plan)["kubernetes/kubelet.yaml"]) for plan in (DEV, PROD))
    assert (first["cgroupRoot"], second["cgroupRoot"]) == ("/mesh-dev", "/mesh-prod")
    assert (first["address"], second["address"]) == ("198.18.0.2", "198.18.0.6")


def test_every_client_has_a_kubeconfig_of_its_own_identity():
    """No part borrows another's certificate."""
    users = [yaml.safe_load(told(DEV)[f"kubernetes/{client}.conf"])["users"][0]["user"] for client in CLIENTS]
    assert len({user["client-certificate"] for user in users}) == len(CLIENTS)


def test_nothing_inside_can_look_up_names_outside():
    """There is no name server, and CoreDNS forwards to none."""
    assert told(DEV)["resolv.conf"] == ""
    assert "forward" not in told(DEV)["coredns/Corefile"]


def test_the_registry_inside_is_read_only_and_on_loopback():
    """It serves the host's folder, so it may write nothing."""
    config = yaml.safe_load(told(DEV)["registry/config.yml"])
    assert config["storage"]["maintenance"]["readonly"]["enabled"] is True
    assert config["http"]["addr"] == "127.0.0.1:5917"


def test_what_watches_the_api_server_starts_anew_with_it():
    """Otherwise new pods come up to two minutes late after several losses of the API server."""
    joined = {daemon.name for daemon in daemons(DEV) if API_SERVER in daemon.restarts_with}
    assert joined == {"kubelet", "kube-controller-manager", "kube-scheduler"}


def test_the_plan_names_each_daemon_once_and_is_json():
    """The supervisor reads what is written for it."""
    read = json.loads(json.dumps(etc.plan(DEV)))
    names = [daemon["name"] for daemon in read["daemons"]]
    assert len(set(names)) == len(names) == 9


def test_daemons_inherit_nothing_from_the_callers_environment(monkeypatch):
    """A proxy or a credential of the caller's does not reach the cell."""
    monkeypatch.setenv("HTTPS_PROXY", "http://192.0.2.1")
    assert set(environment()) == {"PATH", "HOME", "LANG"}


def test_the_way_in_waits_before_it_touches_anything():
    """Whoever started it may be dead: nothing comes before the line that lets it go on."""
    text = enter.script(DEV, mounted=[], links={}, command=["tini", "--", "a b"])
    assert text.index("read -r go || exit 1") < min(text.index(word) for word in ("mount ", "ip ", "mknod"))
    assert text.endswith("exec tini -- 'a b' </dev/null")
