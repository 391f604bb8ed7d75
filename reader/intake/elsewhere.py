"""What the lines around a piece say in other languages than English; the tables are read like those in wordings.py."""

from reader.intake.phrases import (
    ACCOUNT,
    COMMENTING,
    COUNTING,
    MAILING,
    NAVIGATING,
    PLAYING,
    RELATING,
    SHARING,
    SUBSCRIBING,
)

PATTERNS = {
    SHARING: r"""
        (?:diesen |den )?(?:beitrag|artikel|newsletter) (?:teilen|weiterleiten|empfehlen)|(?:auf|per|über)
            \s(?:facebook|twitter|x|linkedin|whatsapp|e-?mail) teilen|teilen mit:?
        partager (?:cet article|cette publication|par e-?mail|sur .{1,20})
        (?:comparte|compartir|compartilhe|compartilhar|condividi) (?:este|esta|esse|questo|questa|en|no|su)\s.{1,30}
        (?:dit artikel )?delen (?:via|op) .{1,20}|deel dit (?:artikel|bericht)|поделиться(?: в .{1,20})?
    """,
    SUBSCRIBING: r"""
        (?:jetzt |kostenlos |newsletter )?(?:abonnieren|anmelden|registrieren)|(?:zum )?newsletter anmelden
        (?:s['’])?abonnez[- ]vous(?: (?:à|gratuitement|maintenant)\b.{0,60})?|s['’]abonner(?: à .{1,60})?|s['’]inscrire
        suscr[ií]b(?:ete|irse|irme|ase)(?: (?:a|ahora|gratis)\b.{0,60})?|(?:assine|inscreva-se)(?: .{1,40})?
        (?:iscriviti|abbonati)(?: (?:a|alla|al|ora)\b.{0,60})?|(?:abonneer|schrijf je in)(?: (?:je|nu|voor)\b.{0,60})?
        (?:deine|ihre) e-?mail-adresse(?: .{1,30})?|votre (?:adresse )?e-?mail|tu correo electrónico|подписаться
    """,
    COUNTING: r"""
        (?:wird geladen|gefällt mir|chargement|cargando|j['’]aime|me gusta)\s?(?:…|\.\.\.|:)(?:\s?wird geladen.{0,4})?
        (?:kommentare?|commentaires?|comentarios?|commenti|reacties) ?\(NUMBER\)
        (?:NUMBER|keine?) (?:kommentare?|commentaires?|comentarios?|commenti|reacties)
    """,
    MAILING: r"""
        .{0,60}\b(?:im browser (?:ansehen|anzeigen|öffnen|lesen)|online[- ]version|webversion)\b.{0,60}
        (?:voir|lire|ouvrir|afficher) .{0,40}\b(?:en ligne|navigateur)\b.{0,40}
        (?:ver|leer|abrir) .{0,40}\b(?:en (?:el|tu|su) navegador|en línea|no navegador)\b.{0,40}
        bekijk .{0,40}\b(?:online|browser)\b.{0,20}|visualizza .{0,30}\bbrowser\b.{0,20}
        (?:newsletter |vom newsletter |hier )?(?:abmelden|abbestellen)|se désabonner|se désinscrire|darse de baja
        (?:sie erhalten|du erhältst|vous recevez|recibes|ricevi|je ontvangt)
            \s(?:diese[ns]?|ce|cet|este|questa|deze)\b.{0,160}
    """,
    RELATING: r"""
        (?:lesen sie auch|lies auch|mehr zum thema|lire aussi|à lire aussi|lee también|leia também|leggi anche|lees ook|
            читайте также)\s?[:|»›>]\s?.{3,150}(?<![.!…])
    """,
    ACCOUNT: r"""
        einloggen|se connecter|connexion|iniciar sesión|accedi|inloggen|войти
    """,
    NAVIGATING: r"""
        (?:zum|direkt zum) inhalt(?: springen)?|aller au contenu|ir al contenido|saltar al contenido|vai al contenuto
    """,
}
EDGE_PHRASES = {
    NAVIGATING: """
        startseite | über | über mich | archiv | menü | suche | accueil | à propos | archives | rechercher | inicio |
        acerca de | archivo | buscar | menú | archivio | zoeken | weiterlesen | zurück | weiter | impressum |
        datenschutz | mentions légales | aviso legal | главная
    """,
    SHARING: """
        teilen | partager | compartir | compartilhar | condividi | delen | drucken | imprimer | imprimir | merken
    """,
    COUNTING: """
        kommentare | kommentieren | antworten | commentaires | répondre | comentarios | responder | commenti |
        gefällt mir
    """,
    PLAYING: """
        anhören | écouter | escuchar | ascolta | beluister
    """,
}
ENDINGS = {
    COMMENTING: r"""
        schreib(?:e|en sie)? einen kommentar|kommentar (?:verfassen|schreiben|hinterlassen)|laisser un commentaire
        deja (?:una respuesta|un comentario)|deixe um comentário|lascia un commento|een reactie achterlaten
    """,
    RELATING: r"""
        ähnliche (?:beiträge|artikel)|weitere (?:beiträge|artikel)(?: von .{1,60})?
        das könnte (?:dich|sie) auch interessieren
        articles? (?:similaires|liés|connexes)|sur le même sujet|entradas relacionadas|artículos relacionados|
            te puede interesar|artigos relacionados|articoli correlati|gerelateerde (?:berichten|artikelen)
        veröffentlicht in:? .{1,80}|publié dans:? .{1,80}|publicado en:? .{1,80}
    """,
}
