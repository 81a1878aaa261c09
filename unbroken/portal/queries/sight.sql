-- The requests somebody may see: those they take part in (by a link only those it opened, or into
-- which these were merged), and, once they have proved whose mailbox they read, what they were
-- granted of the company or reseller they speak for, with its departments or customers below: all of
-- it, or that of some sites. Whoever has left sees nothing. Begins every query of the portal.
WITH RECURSIVE speaks_for AS (
    SELECT contact.customer_id AS id, granted.site_id
    FROM contact
    JOIN customer ON customer.id = contact.customer_id
    CROSS JOIN LATERAL unnest(
        CASE WHEN contact.manages OR contact.sees = 'all' THEN ARRAY[NULL::bigint]
             WHEN contact.sees = 'sites' THEN contact.sites END) AS granted (site_id)
    WHERE contact.id = ANY (%(contacts)s) AND contact.confirmed AND %(is_wide)s
      AND contact.left_at IS NULL AND customer.kind IN ('company', 'reseller')
), house AS (
    SELECT id, site_id FROM speaks_for
    UNION
    SELECT below.id, house.site_id
    FROM customer below
    JOIN house ON below.parent_id = house.id
), site AS (
    SELECT DISTINCT site_id AS top_id, site_id AS id FROM speaks_for WHERE site_id IS NOT NULL
    UNION
    SELECT site.top_id, part.id
    FROM place part
    JOIN site ON part.part_of_id = site.id
), opened AS (
    SELECT unnest(%(only)s::bigint[]) AS id
    UNION
    SELECT ticket.merged_into_id
    FROM trouble_ticket ticket
    JOIN opened ON opened.id = ticket.id
    WHERE ticket.merged_into_id IS NOT NULL
), seen AS (
    SELECT participant.ticket_id AS id
    FROM participant
    WHERE participant.contact_id = ANY (%(contacts)s) AND participant.confirmed
      AND participant.left_at IS NULL
      AND EXISTS (SELECT 1 FROM contact
                  WHERE contact.id = participant.contact_id AND contact.left_at IS NULL)
      AND (%(number)s::bigint IS NULL OR participant.ticket_id = %(number)s)
      AND (%(only)s::bigint[] IS NULL OR participant.ticket_id IN (SELECT id FROM opened))
    UNION
    SELECT ticket.id
    FROM trouble_ticket ticket
    JOIN house ON house.id = ticket.customer_id
    LEFT JOIN service ON service.id = ticket.service_id
    LEFT JOIN contact reporter ON reporter.id = ticket.contact_id
    WHERE (%(number)s::bigint IS NULL OR ticket.id = %(number)s)
      AND (house.site_id IS NULL
           OR EXISTS (SELECT 1 FROM site
                      WHERE site.top_id = house.site_id
                        AND site.id IN (service.place_id, reporter.place_id)))
)
