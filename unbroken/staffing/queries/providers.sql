-- Organisations that vouch for agents by SAML. A parameter that is null does not filter.
SELECT id, name, entity_id, sign_in_url, certificates, subject_attribute, email_attribute,
       name_attribute, by_address, role, active, version
FROM identity_provider
WHERE (%(provider_id)s::bigint IS NULL OR id = %(provider_id)s)
ORDER BY active DESC, name, id
