"""What people of the town wrote in English, and what became of it."""

from town.cast import (
    ADA,
    ANNEKE,
    BRAM,
    CHIARA,
    DEPOT,
    EVE,
    HENK,
    MILA,
    NORDLICHT,
    OLEG,
    SOFIE,
    TIMO,
    WEBER,
)
from town.script import (
    Story,
    answers,
    asks,
    gives,
    holds,
    hours,
    links,
    notes,
    resolves,
    tags,
    takes,
    weighs,
    writes,
)

STORIES = (
    Story(
        "cable", ANNEKE, hours(5), "The internet breaks, the DSL lamp goes out",
        "Hello,\n\nsince two days the internet breaks again and again. When it happens the DSL "
        "lamp on the box goes out, blinks for a minute and comes back. I work from home, so this "
        "is really hard.\n\nKind regards\nAnneke de Wit",
        then=(
            takes(0.2, TIMO),
            weighs(0.3, TIMO, "medium", "high"),
            notes(0.4, TIMO, "Four losses of sync since 06:10, each with a full retrain. Three "
                  "neighbours on cable 44 show the same minutes. Not the modem, not the planned "
                  "reset. NetCo owns the cable."),
            answers(0.5, TIMO, "Hello Anneke,\n\nwe see it too: your line lost the signal four "
                    "times this morning, and so did three neighbours on the same cable. It is not "
                    "your box; please do not reset it. The cable belongs to NetCo and we have "
                    "called them out. You hear from us by 16:00 today.\n\nTimo"),
            holds(0.6, TIMO, "partner"),
            tags(0.6, TIMO, "cable-44"),
            writes(2, "Thank you, that is a relief. It just happened again, at ten past."),
        ),
    ),
    Story(
        "henk", HENK, hours(4.2), "no dsl",
        "dsl is gone again. third time today. what is going on??",
        then=(takes(0.1, SOFIE), gives(0.2, SOFIE, "routers"), links(0.5, TIMO, "cable")),
    ),
    Story(
        "till", BRAM, hours(1.5), "Card terminal offline, shop is full",
        "Hi, the card terminal says offline since a quarter of an hour and I have customers "
        "standing here. The laptop works. Please call me: +49 30 23125 020.\nBram",
        by="phone",
        then=(
            takes(0.02, SOFIE),
            weighs(0.03, SOFIE, "high", "high"),
            answers(0.2, SOFIE, "Bram, the terminal's address was given out twice on your network. "
                    "I have renewed it from here; please switch the terminal off and on once.\n"
                    "Sofie"),
            writes(0.5, "It works again. You saved my morning!"),
        ),
    ),
    Story(
        "rack", BRAM, hours(70), "Static IP for the alarm system",
        "Hello,\n\nour insurance wants the alarm system on a fixed address. Can you do that on our "
        "line and what would it cost?\n\nBram Visser\nVisser Wheels",
        then=(
            takes(1, SOFIE),
            answers(1.5, SOFIE, "Hello Bram,\n\none fixed IPv4 address is EUR 4.90 a month. The "
                    "address changes once when we set it up, with a break of about a minute. Shall "
                    "we do it tomorrow at 07:30, before you open?\n\nSofie"),
            writes(20, "Tomorrow 07:30 is fine."),
            gives(20.5, SOFIE, "routers"),
            takes(21, TIMO),
            holds(21.1, TIMO, "appointment"),
        ),
    ),
    Story(
        "bill-ada", ADA, hours(26), "Invoice 2026-1187: charged twice?",
        "Dear billing team,\n\nthe telephone line appears twice on invoice 2026-1187, once as "
        "“Telephone” and once as “Voice basic”. We have one line only. Could you check?\n\n"
        "Ada Visser",
        mailbox="billing",
        then=(
            takes(1, OLEG),
            notes(1.2, OLEG, "Old product was not ended when the new one began on the 1st. "
                  "Correct by credit note, 9.90."),
            answers(1.4, OLEG, "Dear Ada,\n\nyou are right, we charged the line twice. The credit "
                    "note over EUR 9.90 is on its way and will be deducted from the next invoice. "
                    "Sorry for the extra work.\n\nOleg"),
            resolves(1.5, OLEG),
        ),
    ),
    Story(
        "riga", WEBER, hours(2.5), "Depot Riga has been offline since 05:50",
        "Site link NC/ETH/004417 is down since 05:50 CET. Scanners in Riga work offline until "
        "noon, after that the trucks stand. Please confirm who is working on it.\n\n"
        "Karin Weber, IT",
        then=(
            takes(0.1, TIMO),
            weighs(0.1, TIMO, "high", "high"),
            notes(0.2, TIMO, "Carrier link dark on both ends, our side is clean. Reported to "
                  "NetCo's desk, their number 88-20417."),
            answers(0.3, TIMO, "Hello Karin,\n\nconfirmed: the link is dark on NetCo's side, our "
                    "equipment is fine. Their crew is on it under number 88-20417. I call you at "
                    "11:30 whatever happens, so that you can plan the trucks.\n\nTimo"),
            holds(0.4, TIMO, "partner"),
        ),
    ),
    Story(
        "depot", DEPOT, hours(9), "Wi-Fi in the new hall",
        "We moved the packing tables to hall 2 and there is hardly any Wi-Fi. Is there a bigger "
        "antenna or do we need a second access point?\nJonas",
        then=(
            takes(0.5, SOFIE),
            asks(0.8, SOFIE, "Hello Jonas, could you send a floor plan or a photo of where the "
                 "access point hangs, and how far the tables are from it?\nSofie"),
        ),
    ),
    Story(
        "bakery", NORDLICHT, hours(52), "Order: DSL 50 for bakery Ewald",
        "Please activate DSL 50 for our customer bakery Ewald, Lindenstrasse 4, from Monday. "
        "Reference NL-5521.\n\nNordlicht NOC",
        then=(
            takes(2, SOFIE),
            gives(2.1, SOFIE, "field"),
            takes(3, MILA),
            notes(3.1, MILA, "Pair 18 in cabinet 7 is free. Jumper can be set Monday 08:30."),
            holds(3.2, MILA, "appointment"),
        ),
    ),
    Story(
        "stranger", EVE, hours(3), "Is there fibre in the Mühlenweg?",
        "Hi, I will live at Mühlenweg 12 from March and would like to know if fibre is available "
        "there and how long it takes.\nEve",
    ),
    Story(
        "hosting", ADA, hours(30), "Shop website: certificate warning",
        "Customers say the browser warns about our shop page since this morning: "
        "NET::ERR_CERT_DATE_INVALID.\nAda",
        then=(
            takes(0.3, CHIARA),
            answers(0.8, CHIARA, "Hello Ada, the certificate had run out because the domain check "
                    "pointed to the old server. It is renewed and valid for 90 days, and the check "
                    "is corrected so that it renews by itself.\nChiara"),
            writes(1.5, "Works, thanks for the explanation!"),
            resolves(2, CHIARA),
        ),
    ),
    Story(
        "evening", HENK, hours(75), "Slow every evening",
        "From eight to eleven in the evening streaming stutters. In the morning everything is "
        "fine. Speed test attached.\nHenk Adler",
        files=(("speedtest.csv", "text/csv", b"time,down,up\n20:15,4.1,9.8\n09:05,48.9,9.9\n"),),
        then=(
            takes(2, TIMO),
            notes(3, TIMO, "Line is fine (48.9 in the morning). Uplink of cabinet 7 at 93 % from "
                  "20:00. Second link ordered for the 28th."),
            answers(3.5, TIMO, "Hello Henk,\n\nthank you for the measurements, they show it well. "
                    "Your line is fine; the link behind your cabinet is full in the evening. "
                    "A second one goes in on the 28th. Until then we have taken EUR 5 off each "
                    "month, you need not do anything.\n\nTimo"),
            holds(3.6, TIMO, "date"),
        ),
    ),
    Story(
        "complaint", WEBER, hours(28), "Complaint: third outage this quarter",
        "Dear Sir or Madam,\n\nthis is the third outage of the Riga link in this quarter and each "
        "time we learnt of it from our own drivers. That is unacceptable for a business line. I "
        "expect a written statement.\n\nKarin Weber",
        mailbox="complaints",
        then=(
            takes(1, SOFIE),
            weighs(1, SOFIE, "high", "medium"),
            answers(4, SOFIE, "Dear Ms Weber,\n\nyou are right: three times, and twice we told you "
                    "after you told us. I have asked for the carrier's reports of all three and "
                    "send you a written statement by Friday noon, with what we change.\n\n"
                    "Sofie Brandt"),
            notes(4.1, SOFIE, "Need the three carrier reports by Thursday. Timo asks NetCo."),
        ),
    ),
    Story(
        "move", ANNEKE, hours(200), "Moving house in spring",
        "Hello, in April I move from number 7 to number 22 in the same street. Can I keep my "
        "telephone number and the contract?\nAnneke",
        by="web",
        then=(
            takes(3, SOFIE),
            answers(3.5, SOFIE, "Hello Anneke, yes, both. Number 22 is on the same cable, so it is "
                    "one visit of half an hour. Write to us two weeks before and we set the date.\n"
                    "Sofie"),
            resolves(3.6, SOFIE),
        ),
    ),
    Story(
        "spam", NORDLICHT, hours(0.4), "Abuse report for one of our customers",
        "We received the attached report about mail from 192.0.2.77. Is this address routed to us "
        "or to you?\n\nNordlicht NOC",
    ),
)  # fmt: skip
