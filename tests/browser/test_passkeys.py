"""A passkey in a real browser, with an authenticator of its own: added, used, refused elsewhere."""

from collections.abc import Callable

from django.test import override_settings
from playwright.sync_api import Page, expect

from tests.browser.conftest import Backstage, House, findings
from town import cast
from unbroken.house import settings as house_settings
from unbroken.staffing import queries as staff
from unbroken.staffing import state as staff_state

SignIn = Callable[..., Page]


def give_password() -> None:
    """Chiara of the town may sign in from now on."""
    card = staff.agent_by_email(cast.CHIARA.email)
    assert card is not None
    with override_settings(PASSWORD_HASHERS=house_settings.PASSWORD_HASHERS):  # as the desk hashes
        staff_state.set_password(card.id, cast.PASSWORD)


def authenticator(page: Page) -> None:
    """A phone that recognises a finger, attached to this browser."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def test_a_passkey_is_added_and_opens_the_desk_without_a_password(
    house: House, backstage: Backstage, sign_in: SignIn
) -> None:
    """Attack at the end: the same browser without the key, after the key was removed."""
    backstage.do(give_password)
    desk = house.address.replace("127.0.0.1", "localhost")
    page = sign_in(None)
    english = {"name": "unbroken_language", "value": "en", "url": desk}
    page.context.add_cookies([english])  # type: ignore[list-item]
    authenticator(page)
    page.goto(f"{desk}/sign-in")
    page.fill("[name=email]", cast.CHIARA.email)
    page.fill("[name=password]", cast.PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_url("**/console/**")

    page.goto(f"{desk}/console/own/passkey")
    page.get_by_label("What you call it").fill("Chiara's phone")
    page.get_by_label("Your password").fill(cast.PASSWORD)
    page.get_by_role("button", name="Add the passkey").click()
    page.wait_for_url("**/console/own")
    expect(page.get_by_text("Chiara's phone")).to_be_visible()
    assert findings(page) == []

    page.locator("#own-menu summary").click()
    page.get_by_role("button", name="Sign out").last.click()
    page.goto(f"{desk}/sign-in")
    page.get_by_role("link", name="Sign in with a passkey").click()
    assert findings(page) == []
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url("**/console/")

    page.goto(f"{desk}/console/own")
    page.get_by_text("Remove", exact=True).click()
    page.locator("details[open] [name=password]").fill(cast.PASSWORD)
    page.get_by_role("button", name="Remove the passkey").click()
    expect(page.get_by_text("Chiara's phone")).to_have_count(0)
    page.context.clear_cookies(name="unbroken_session")
    page.goto(f"{desk}/sign-in/passkey")
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_text("opens nothing here")).to_be_visible()
