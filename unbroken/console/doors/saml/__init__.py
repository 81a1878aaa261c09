"""Coming in by a SAML 2.0 identity provider: our half of the Web Browser SSO profile."""
