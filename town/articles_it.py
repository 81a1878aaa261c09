"""The same in Italian."""

ITALIAN: dict[str, tuple[str, str]] = {
    "lamp": (
        "La spia DSL si spegne: che cosa significa",
        "La spia mostra se il modem sente il nostro armadio.\n\n"
        "- **Lampeggia:** si stanno cercando, fino a tre minuti.\n"
        "- **È spenta:** sulla linea non c'è segnale. Non resetti il modem; controlli il cavo "
        "grigio nella presa DSL e ci scriva.\n"
        "- **È accesa ma le pagine non si aprono:** la linea è a posto, si parta dal Wi-Fi.\n\n"
        "Vediamo ogni caduta al secondo: non serve annotarle.",
    ),
    "reset": (
        "Una breve interruzione ogni notte: il ripristino programmato",
        "Una volta ogni 24 ore la sessione viene chiusa e riaperta, di solito fra le tre e le "
        "cinque di notte. Dura pochi secondi e la spia DSL resta sempre accesa.\n\n"
        "**Non** è il ripristino programmato quando\n\n"
        "1. la linea cade più di una volta al giorno,\n"
        "2. la spia DSL si spegne, oppure\n"
        "3. l'interruzione dura più di un minuto.\n\n"
        "In quel caso ci scriva: la linea ha un problema e la controlliamo da qui.",
    ),
    "restart": (
        "Come riavviare il router",
        "1. Stacchi la spina dalla presa, non il cavo dal router.\n"
        "2. Conti fino a trenta.\n"
        "3. Riattacchi la spina e aspetti cinque minuti prima di provare.\n\n"
        "Il riavvio conserva tutte le impostazioni. Il piccolo pulsante nel foro sul retro fa "
        "un'altra cosa: il router dimentica la Sua password e la nostra. Per favore, non lo prema."
        "\n\nSe deve riavviare il router ogni settimana, ce lo dica: non dovrebbe essere così.",
    ),
    "wifi": (
        "Il Wi-Fi è lento in una sola stanza",
        "La linea finisce al router; da lì il Wi-Fi prosegue da solo, e i muri lo ostacolano.\n\n"
        "- Metta il router all'aperto, non in un armadio né dietro il televisore.\n"
        "- Confronti la velocità accanto al router e nella stanza lontana. Se accanto è veloce, "
        "la linea sta bene.\n"
        "- Scelga la rete che finisce in **5G** solo dove il router si vede.\n\n"
        "Un secondo router per l'altro capo della casa si può avere da noi; lo restituisce se non "
        "serve.",
    ),
    "move": (
        "Trasloco con la linea",
        "Ci scriva due settimane prima del trasloco. Ci servono\n\n"
        "- la data,\n- la via e il numero,\n- il piano e l'interno.\n\n"
        "Numero e contratto restano. La visita dura mezz'ora ed è gratuita in città. La vecchia "
        "linea funziona fino alla sera del giorno indicato.",
    ),
    "static": (
        "Un indirizzo che non cambia mai (IP statico)",
        "Di norma dopo ogni ripristino l'indirizzo IP cambia. Per un server, una telecamera o "
        "l'accesso alla rete aziendale può servirne uno fisso.\n\n"
        "Un indirizzo statico costa 3 euro al mese ed è pronto entro un giorno lavorativo. Poi "
        "riavvii una volta il router. Ci dica se da lì parte della posta: impostiamo anche il nome "
        "che appartiene all'indirizzo (DNS inverso).",
    ),
}
