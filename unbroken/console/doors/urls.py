"""Where the other ways in are, and each agent's own page."""

from django.urls import URLPattern, path

from unbroken.console import converters as converters
from unbroken.console.doors import code, ldap, leaving, openid, own, passkey
from unbroken.console.doors.saml import pages as saml

OWN = "console/own"

urlpatterns: list[URLPattern] = [
    path("sign-in/code", code.sign_in_code, name="sign_in_code"),
    path("sign-in/passkey", passkey.sign_in_passkey, name="sign_in_passkey"),
    path("sign-in/openid", openid.sign_in_openid, name="sign_in_openid"),
    path("sign-in/openid/back", openid.back, name="sign_in_openid_back"),
    path("sign-in/openid/left", leaving.left_there, name="sign_in_openid_left"),
    path("sign-in/saml/metadata", saml.metadata, name="saml_metadata"),
    path("sign-in/saml/back", saml.back, name="sign_in_saml_back"),
    path("sign-in/saml/done", saml.done, name="sign_in_saml_done"),
    path("sign-in/saml/<number:provider_id>", saml.sign_in_saml, name="sign_in_saml"),
    path(OWN, own.page, name="own"),
    path(f"{OWN}/password", own.password, name="own_password"),
    path(f"{OWN}/authenticator", own.authenticator, name="own_authenticator"),
    path(f"{OWN}/recovery-codes", own.recovery_codes, name="own_recovery_codes"),
    path(f"{OWN}/passkey", passkey.add, name="own_passkey"),
    path(f"{OWN}/openid", openid.tie, name="own_openid"),
    path(f"{OWN}/saml/<number:provider_id>", saml.tie, name="own_saml"),
    path(f"{OWN}/directory", ldap.tie, name="own_directory"),
    path(f"{OWN}/keys/<number:key_id>/removal", own.removal, name="own_removal"),
    path(f"{OWN}/browsers/end", own.sign_out_elsewhere, name="own_sign_out_elsewhere"),
    path(f"{OWN}/browsers/<number:browser_id>/end", own.sign_out_there, name="own_sign_out"),
]
