"""What people of the town wrote in Italian, and what became of it."""

from town.cast import CHIARA, GIULIA, LUCIA, OLEG, PIETRO, SOFIE, TIMO
from town.script import (
    Story,
    answers,
    asks,
    gives,
    hours,
    links,
    notes,
    resolves,
    takes,
    weighs,
    writes,
)

STORIES = (
    Story(
        "cafe", PIETRO, hours(0.6), "Internet assente al Café Linde",
        "Buongiorno,\n\nda venti minuti siamo senza internet: né cassa né musica. La spia PON "
        "lampeggia rossa. È sabato e il locale è pieno, vi prego di fare presto.\n\nPietro Conti",
        then=(
            takes(0.05, TIMO),
            weighs(0.06, TIMO, "high", "high"),
            notes(0.1, TIMO, "ONT of the café is dark, the other three on the splitter are fine: "
                  "drop fibre or connector at the café. Mila is ten minutes away."),
            gives(0.15, TIMO, "field"),
            answers(0.2, CHIARA, "Buongiorno Pietro,\n\nla fibra verso il locale è interrotta, i "
                    "vicini funzionano: è l'ultimo tratto. La nostra tecnica Mila è a dieci minuti "
                    "e porta il ricambio. Intanto la cassa può lavorare con il telefono come "
                    "hotspot.\n\nChiara"),
        ),
    ),
    Story(
        "giulia-drops", GIULIA, hours(4.4), "La linea cade di continuo",
        "Salve, da ieri la linea cade continuamente e la spia DSL si spegne. Ho già cambiato la "
        "presa. Potete controllare?\nGiulia Bianchi",
        then=(
            takes(0.3, CHIARA),
            links(0.7, TIMO, "cable"),
            answers(0.9, CHIARA, "Salve Giulia, il guasto è sul cavo della via, non in casa sua: "
                    "può rimettere la presa di prima. La squadra di NetCo è stata chiamata; le "
                    "scriviamo entro le 16.\nChiara"),
        ),
    ),
    Story(
        "lucia-bill", LUCIA, hours(47), "Fattura di ottobre troppo alta",
        "Buonasera, la fattura di ottobre è di 41,80 invece di 29,99. Perché?\nLucia Moretti",
        mailbox="billing",
        then=(
            takes(2, OLEG),
            asks(2.5, CHIARA, "Buongiorno Lucia, ci sono due chiamate verso l'estero per 11,81. Le "
                 "riconosce? L'elenco è nella seconda pagina.\nChiara"),
            writes(8, "Sì, era mio figlio. Grazie, tutto chiaro."),
            resolves(9, CHIARA, "Grazie a lei, buona giornata!\nChiara"),
        ),
    ),
    Story(
        "cafe-sito", PIETRO, hours(33), "Il sito del Café non si apre",
        "Il sito cafelinde.example dà errore 503 da stamattina.\nPietro",
        then=(
            takes(0.5, CHIARA),
            notes(0.7, CHIARA, "Plugin del menu in ciclo, memoria esaurita. Disattivato, sito su."),
            answers(0.8, CHIARA, "Il sito è di nuovo raggiungibile: un'estensione del menu "
                    "consumava tutta la memoria, l'abbiamo disattivata.\nChiara"),
            writes(3, "Perfetto, grazie. Posso riattivarla?"),
        ),
    ),
    Story(
        "giulia-wifi", GIULIA, hours(140), "Wi-Fi debole in camera",
        "In camera da letto il Wi-Fi quasi non arriva. Cosa mi consigliate?\nGiulia",
        by="web",
        then=(
            takes(2, CHIARA),
            answers(2.4, CHIARA, "Provi a spostare il router in alto e lontano dal microonde. "
                    "Se non basta, un ripetitore da 2,90 al mese risolve.\nChiara"),
            resolves(30, CHIARA),
        ),
    ),
    Story(
        "lucia-lenta", LUCIA, hours(1.2), "Connessione lenta da ieri sera",
        "La connessione è lentissima da ieri sera, 3 Mbit invece di 50.\nLucia",
        then=(takes(0.4, SOFIE), gives(0.5, SOFIE, "routers")),
    ),
    Story(
        "cafe-telefono", PIETRO, hours(6), "Vorrei aggiungere una linea telefonica",
        "Buongiorno, vorrei attivare una linea telefonica per le prenotazioni. Costi e tempi?\n"
        "Pietro Conti",
        then=(
            takes(1, CHIARA),
            asks(1.5, CHIARA, "Buongiorno Pietro, 4,90 al mese, attiva in due giorni. Vuole "
                 "portare il numero attuale o averne uno nuovo?\nChiara"),
        ),
    ),
)  # fmt: skip
