"""Settings that cannot be right are refused with a sentence that names the variable."""

import pytest

from factcheck import env
from factcheck.env import Misconfigured


@pytest.fixture(autouse=True)
def declared_for_one_test(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is asked for here is no setting of ours, and must not reach the page that lists them."""
    monkeypatch.setattr(env, "DECLARED", {})


@pytest.mark.parametrize(
    ("written", "meant"),
    [("1", True), ("true", True), ("YES", True), (" on ", True), ("0", False), ("False", False), ("no", False)]
    + [("off", False), ("", True)],
)
def test_reads_yes_and_no(monkeypatch: pytest.MonkeyPatch, written: str, meant: bool) -> None:
    monkeypatch.setenv("A_SETTING", written)
    assert env.boolean("A_SETTING", True, "") is meant


@pytest.mark.parametrize("written", ["maybe", "2", "yes please", "ja", "0.0"])
def test_refuses_what_is_neither_yes_nor_no(monkeypatch: pytest.MonkeyPatch, written: str) -> None:
    monkeypatch.setenv("A_SETTING", written)
    with pytest.raises(Misconfigured) as refused:
        env.boolean("A_SETTING", True, "")
    assert str(refused.value) == f"A_SETTING is '{written}', which is neither yes nor no. Write yes or no."


@pytest.mark.parametrize("written", ["-1", "1.5", "ten", "٣", "0"])
def test_refuses_what_is_no_number_of_at_least_one(monkeypatch: pytest.MonkeyPatch, written: str) -> None:
    monkeypatch.setenv("A_SETTING", written)
    with pytest.raises(Misconfigured) as refused:
        env.integer("A_SETTING", 5, "", least=1)
    assert str(refused.value) == f"A_SETTING is '{written}'. Write a whole number of at least 1."


def test_reads_a_number_and_its_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("A_SETTING", "7")
    assert (env.integer("A_SETTING", 5, ""), env.integer("ANOTHER_SETTING", 5, "")) == (7, 5)


def test_reads_lists_with_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("A_SETTING", " 80, 443 ,,")
    assert env.words("A_SETTING", [], "") == ["80", "443"]
    assert env.integers("A_SETTING", [], "") == [80, 443]


def test_refuses_a_list_of_numbers_with_a_word_in_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("A_SETTING", "80, http")
    with pytest.raises(Misconfigured) as refused:
        env.integers("A_SETTING", [], "")
    assert str(refused.value) == "A_SETTING has 'http' in it. Write whole numbers with commas."


def test_refuses_a_word_that_is_no_choice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("A_SETTING", "LOUD")
    with pytest.raises(Misconfigured) as refused:
        env.choice("A_SETTING", "INFO", ["INFO", "ERROR"], "")
    assert str(refused.value) == "A_SETTING is 'LOUD'. Write one of: INFO, ERROR."


def test_refuses_an_address_that_is_not_for_the_web(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("A_SETTING", "ftp://facts.example.org")
    with pytest.raises(Misconfigured) as refused:
        env.web_address("A_SETTING", "", "")
    assert str(refused.value) == (
        "A_SETTING is 'ftp://facts.example.org'. Write an address that starts with http:// or https://."
    )


@pytest.mark.parametrize(
    "written", ["https://facts.example.org/news", "https://facts example", "http://a@facts.example"]
)
def test_refuses_an_address_with_more_than_scheme_and_host(monkeypatch: pytest.MonkeyPatch, written: str) -> None:
    monkeypatch.setenv("A_SETTING", written)
    with pytest.raises(Misconfigured) as refused:
        env.web_address("A_SETTING", "", "")
    assert str(refused.value) == (
        f"A_SETTING is '{written}'. Write the scheme and the host alone: https://facts.example.org."
    )


def test_refuses_a_number_above_the_most(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("A_SETTING", "8")
    with pytest.raises(Misconfigured) as refused:
        env.integer("A_SETTING", 5, "", least=1, most=7)
    assert str(refused.value) == "A_SETTING is '8'. Write a whole number from 1 to 7."


def test_takes_the_slash_off_the_end_of_an_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("A_SETTING", "https://facts.example.org/")
    assert env.web_address("A_SETTING", "", "") == "https://facts.example.org"


@pytest.mark.parametrize("host", ["facts.example.org", "*", ".example.org", "192.168.1.4", "0.0.0.0"])
def test_takes_every_name_but_those_of_this_machine_for_public(host: str) -> None:
    assert env.is_public(host)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "LOCALHOST", "press.localhost"])
def test_knows_the_names_of_this_machine(host: str) -> None:
    assert not env.is_public(host)


@pytest.mark.parametrize("host", ["snapshots.example.net", "localhost:8000", "[2001:db8::1]:8000", ""])
def test_takes_a_host_of_their_own_for_archived_pages(host: str) -> None:
    env.refuse_shared_snapshots(
        snapshot_host=host, public_url="https://facts.example.org", hosts=["facts.example.org", "localhost"]
    )


@pytest.mark.parametrize("host", ["facts.example.org", "facts.example.org:8443", "other.example.org"])
def test_refuses_to_show_archived_pages_where_the_site_is(host: str) -> None:
    with pytest.raises(Misconfigured, match=f"SNAPSHOT_HOST is {host}, and the site itself is served there"):
        env.refuse_shared_snapshots(
            snapshot_host=host, public_url="https://FACTS.example.org:8443", hosts=["other.example.org"]
        )


@pytest.mark.parametrize("host", ["https://a.example", "a.example/path", "a.example:port", "a b", "*.example"])
def test_refuses_a_host_for_archived_pages_that_is_none(host: str) -> None:
    with pytest.raises(Misconfigured, match="Write a host alone"):
        env.refuse_shared_snapshots(snapshot_host=host, public_url="https://facts.example.org", hosts=[])


def test_declares_what_it_was_asked_for() -> None:
    env.integer("A_NUMBER", 5, "How many.", least=2)
    assert env.DECLARED.pop("A_NUMBER") == env.Declared("A_NUMBER", "whole number from 2", "5", "How many.")


def test_a_setting_that_needs_a_package_names_it() -> None:
    env.require_package("X", "json", "json")
    with pytest.raises(env.Misconfigured, match=r"^X needs a package that is not installed\. .*'a-package\[s3\]'\.$"):
        env.require_package("X", "no_such_module_anywhere", "a-package[s3]")
