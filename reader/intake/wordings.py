"""Pattern tables: what the lines around a piece say with a name or a count in them.

A pattern (`NUMBER` stands for a count, `BUTTON` for one of those around a letter) must match the line from end to end.
"""

from reader.intake.phrases import (
    ACCOUNT,
    COMMENTING,
    COOKIES,
    COUNTING,
    FILING,
    MAILING,
    MARKING,
    NAVIGATING,
    NUMBERING,
    PAYING,
    PLAYING,
    POLLING,
    POWERED,
    RELATING,
    RIGHTS,
    SHARING,
    SPONSORING,
    SUBSCRIBING,
)

# Taken out wherever they match a whole line.
PATTERNS = {
    SUBSCRIBING: r"""
        (?:thank you|thanks) (?:so much )?for (?:reading|listening to|watching|being)\b[^.!?]{0,100}[.!]\s*
            (?:please )?(?:subscribe|this (?:post|episode) is|to receive|consider|feel free to share|if you|share|
            sign up|upgrade|become)\b.{0,200}
        (?:thank you|thanks) for (?:reading|listening to) (?-i:[A-Z“'‘])[^.!?]{0,80}[.!]
        .{1,80} is a (?:reader|listener|viewer)[- ]supported (?:publication|newsletter|podcast|guide)\b.{0,200}
        to receive new posts and support my work\b.{0,160}
        (?:by subscribing|by signing up|by continuing),? (?:i|you) agree\b.{0,200}
        over [0-9][0-9,]* subscribers
        subscribe for .{0,20}[$€£]\s?\d.{0,40}
        discover more from .{1,80}
        forwarded this (?:email|newsletter)\?.{0,80}
        (?:was this|did someone) (?:email |
            newsletter )?forward(?:ed)?(?: this| to you| you this| this to you)?.{0,100}
        ready for more\?
        pledge your support.{0,80}
        .{1,60} is free today\. but if you enjoyed\b.{0,240}
        get \d+% off.{0,80}
        get more from .{1,80} in the substack app.{0,40}
        sign up for (?:the |our )(?-i:[A-Z])[^.!?]{2,50} newsletter[.!]?
            (?:\s+(?:get|a|our|the|your|we|every|weekly|daily)\b.{0,240})?
        (?:simply )?sign up to .{1,80} delivered (?:directly )?to your inbox\.?
        don't miss what's next\.?(?: subscribe to .{1,80})?
        (?:start|try) (?:a |your )?\d+[- ]day free trial.{0,40}
        no spam[.,!;]?(?: ever[.!]?|(?: and)? unsubscribe .{3,40}| no [^.:]{2,30}\.| just [^.:]{2,40}\.){0,3}[.!]?
        unsubscribe (?:at )?any ?time.{0,60}
        (?:e-?mail sent|success|great|thanks|thank you|almost there|almost done|one more step)[!.,]
            \s(?:now |please )?check your (?:inbox|e-?mail|mailbox)(?: (?:to|and|for)\b[^.!?]{0,80})?[.!]?
        (?:please )?check your (?:inbox|e-?mail) to (?:complete|confirm|finish) (?:your|the)\b.{0,60}
        we (?:won't|will never|never|promise not to) (?:spam|sell|share|rent) (?:you|your [\w -]{3,30})[.!]?
        we respect your (?:privacy|inbox)[.!]?(?: unsubscribe.{3,40})?
        by (?:entering|submitting|providing|clicking|registering|joining)\b[^.!?]{0,60}, (?:i|you)
            \s(?:agree|consent) to (?:our|the|receive|.{2,30}['’]s)\b.{0,180}
        (?:enter )?(?:your )?e-?mail(?: address)?\s?\(.{3,60}\)
        built with (?:kit|convertkit|beehiiv|mailerlite|buttondown)\.?
    """,
    COUNTING: r"""
        (?:like|heart|laugh|surprised|sad|angry|thumbs ?up) \d{1,4}|NUMBER following
        NUMBER (?:likes?|comments?|restacks?|replies|shares?|claps?|responses?|reactions?|views?|plays?|
            upvotes?)(?: [·∙•|/-] .{1,60})?
        (?:likes?|comments?|restacks?|claps?|responses?|replies|shares?) ?\(NUMBER\)|(?:comments|replies|shares) NUMBER
        NUMBER (?:likes?|comments?)\s?[∙·•]\s?NUMBER .{1,30}
        \d+ more comments?.*|\d+ repl(?:y|ies) by .{1,60}
        (?:like this:?\s*)?like ?loading\s?(?:\.\.\.|…)?|loading(?:\.\.\.|…)
        NUMBER followers?(?: [·∙•] .{1,40})?
        NUMBER (?:likes?|restacks?|comments?)\s?[∙·•]
        read NUMBER repl(?:y|ies)|last reply .{1,30} ago|:[a-z0-9_+-]{2,30}:\s?\d+
        click to highlight new comments since.{0,80}
        be the first (?:to (?:like|comment|reply)|person to like).{0,40}
        liked by .{1,80}|\d+ others? liked this
        [♥♡❤🤍👏🔁💬🔄]\ufe0f?\s?\d*
        (?:(?:share|tweet|pin|post|e-?mail|like|comment|repost|retweet)s?\s?\(?NUMBER\)?\s*){2,8}
        NUMBER(?:\s?[·•∙|]\s?NUMBER (?:comments?|reposts?|likes?|replies|shares?)){1,3}|NUMBER subscribers
        (?:total )?shares:? NUMBER|shared NUMBER times?
        (?:posted |asked )?NUMBER points? (?:by|posted by) .{1,40}
        NUMBER reposts?(?:\s?[·•∙]\s?NUMBER .{1,30})?
    """,
    PLAYING: r"""
        -?\d{1,2}:\d\d(?::\d\d)?(?: ?/ ?-?\d{1,2}:\d\d(?::\d\d)?)?
        (?:0?\.[57]|[0-3](?:\.\d{1,2})?)[x×]
        (?:listen(?: now| to (?:this |the )?(?:post|article|episode|story|essay|piece|audio(?: version)?))?|audio|play|
            listen time|read aloud)\s?[·∙•|(:–—-]{0,2}\s?
            (?:\d{1,2}:\d\d(?::\d\d)?|\d+ ?min(?:ute)?s?)(?: (?:listen|audio))?\)?
        \d+[ -]?min(?:ute)?s?[ -]listen
        (?:narrated|read aloud|audio) by [^.!?]{2,60}
        this (?:article|story|essay) (?:is|was) narrated by [^.!?]{2,60}\.?
        this audio (?:is|was) (?:produced|generated|narrated) [^.!?]{2,60}\.?
        (?:listen to|hear) (?:more stories|this (?:story|article|episode)|us) on .{2,60}
        (?:follow|subscribe|listen)(?: and subscribe| to .{1,60})? (?:on|in|via)
            (?:[,/|·•&\s]*(?:and |or )?(?:on )?(?:apple podcasts|spotify|youtube(?: music)?|overcast|pocket casts|
            amazon music|your favou?rite podcast app|wherever you (?:get|listen to) .{3,20}podcasts)){1,8}[.!]?
    """,
    MAILING: r"""
        (?:having trouble|trouble|problems|can'?t|cannot|unable to)\b.{0,30}\b(?:view|read|see|display|viewing|
            reading|seeing|displaying)\b.{0,60}\b(?:e-?mail|newsletter|message|images|it|this)\b.{0,120}
        (?:view|read|open|see) (?:this |the )?(?:e-?mail |post |newsletter |issue |it |message )?(?:in|on) (?:your |
            a |the )?(?:web ?)?(?:browser|web|app|website)\b.{0,120}
        (?:view|read) (?:in browser|online)\s?[|·•/-]\s?.{1,60}
        you(?:'re| are| were|'ve| have)? (?:receiv(?:ed|ing)|get|getting|got) this (?:e-?mail|message|newsletter)
            \s(?:because|as|since|due)\b.{0,160}
        this (?:e-?mail|message|newsletter) was (?:sent|delivered)\b.{0,160}
        (?:you can )?(?:(?:update|manage|change|edit) your (?:e-?mail )?(?:preferences|subscription|settings)|
            unsubscribe)\b(?: or|,| from| \||:| [·•-]| here| at any time| instantly).{0,120}
        (?:to )?(?:unsubscribe|manage your (?:subscription|preferences)),? (?:click|visit|go to)\b.{0,100}
        sent from my [\w ]{2,20}|get outlook for .{2,20}
        our mailing address is:?.{0,160}
        (?:confidentiality notice|disclaimer)\s?[:–—-] ?.{20,280}
        this (?:e-?mail|message)(?:,? (?:and|including) any attachments?,?)? (?:is|are|may|contains?)
            \s(?:be |is |are |contain )?(?:strictly )?(?:confidential|intended|privileged)\b.{0,240}
        click here to (?:view|read) (?:this|it|the (?:e-?mail|newsletter|web|online)|in|online)\b.{0,80}
        click here to unsubscribe.{0,60}
        to (?:ensure|make sure)\b.{0,60}\badd\b.{2,60}\b(?:contacts?|address book|safe senders?)\b.{0,40}
        (?:please )?(?:add|move) .{3,60} to your (?:address book|contacts|primary (?:tab|inbox)|safe senders?)\b.{0,60}
        you just read (?:issue|edition|number)\b.{0,160}
        (?:add us to your address book|reply to this email)[.!]?
    """,
    SHARING: r"""
        BUTTON(?:\s?[|·•∙]\s?BUTTON){1,6}
        share (?:this )?(?:via|on|to|with) (?:e-?mail|facebook|twitter|x|linkedin|reddit|whatsapp|telegram|mastodon|
            bluesky|hacker news|threads|a friend|friends)\b.{0,20}(?:\(opens in new window\))?.{0,60}
        (?:click to (?:share|print|email)\b|.{0,40}\(opens in new window\)).{0,80}
        (?:this post is public|this is a public episode)\b.{0,20}so feel free to share it\.?
        follow .{2,60}? on (?:(?:facebook|twitter|x|instagram|tiktok|threads|linkedin|whatsapp|mastodon|bluesky|youtube)
            [,\s]*(?:and |or )?){1,8}[.!]?
        (?:cross|re)-?post(?:ed)? (?:by|from|with permission)\b.{0,100}|.{1,60} cross-posted (?:a|
            this) post\b.{0,60}
        (?:facebook|twitter|x|linkedin|instagram|youtube|threads|tiktok|e-?mail|link|share|rss|bluesky|mastodon|whatsapp|
            telegram|reddit|website|pinterest) (?:icon|logo)
        share (?-i:[A-Z]|the |this |your ).{1,60} (?:and|to) (?:earn|win|get|unlock)
            \s(?:an?|free|rewards?|exclusive|prizes?|swag)\b[^.!?]{0,40}[.!]?(?:\s.{0,160}\breferrals?\b.{0,80})?
        you (?:currently )?have (?:only )?NUMBER referrals?\b.{0,120}
        (?:you're |you are )?only NUMBER (?:more )?(?:referrals? )?away from
            \s(?:receiving|earning|getting|a|your)\b.{0,80}
        (?:or )?(?:copy (?:and|&) paste|share) (?:this|your) (?:unique |referral |personal )*link\b.{0,160}
        (?:refer|invite) (?:your |a )?(?:\w+ )?friends? (?:and|to) (?:earn|get|win|unlock|receive) [^.!?]{2,60}[.!]?
    """,
    COOKIES: r"""
        (?:we|(?:this|our|the) (?:web)?site) uses? (?:\w+ ){0,2}cookies\b[^.!?]{0,120}[.!]\s?(?:CONSENT\b.{0,80}|
            (?:by (?:continuing|using|clicking|browsing)\b|you can (?:accept|refuse|opt|manage|change)\b).{0,160})
        (?:we|(?:this|our) (?:web)?site) uses? (?:\w+ ){0,2}cookies (?:and .{1,40} )?(?:to|so that we can)
            \s(?:ensure|give|offer|provide|make sure|improve|enhance|personali[sz]e)\b[^.!?,]{0,60}\bexperience
            (?: (?:on|with) (?:our|this) [\w-]{1,20})?
            (?: and (?:to )?(?:analy|measure|understand|serve)[^.!?]{2,80})?[.!]?
            (?:\s?CONSENT\b.{0,80})?
        by (?:using|continuing to (?:use|browse|visit)|browsing) (?:this|our|the) (?:web)?site,? you
            \s(?:agree|consent|accept)\b.{0,160}
        we and our (?:\d+ )?partners\b.{0,40}\b(?:store|cookies)\b.{0,200}
        privacy (?:&|and) cookies:.{0,240}|we (?:value|care about|respect) your privacy\.?
        (?:diese (?:web)?seite|wir) (?:verwende[nt]|nutz(?:t|en)) cookies\b[^.!?]{0,120}[.!]
            \s(?:(?:alle )?akzeptieren|ablehnen|mehr erfahren|ok|einverstanden|zustimmen)\b.{0,60}
        (?:ce site|nous) utilis(?:e|ons) des cookies\b[^.!?]{0,120}[.!]
            \s(?:(?:tout )?accepter|refuser|en savoir plus|ok)\b.{0,60}
    """,
    RELATING: r"""
        (?:read (?:more|also|next)|also read|more on this)\s?[:|»›>]\s?.{3,150}(?<![.!…])
        view all posts by .{2,60}|(?-i:[A-Z])[^.!?]{2,50}'s post
    """,
    NAVIGATING: r"""
        (?:get|open|read|view|continue|use|download)(?: this(?: post| article| story)?| it| more)?
            \s(?:in |on )?(?:the |our )(?-i:[A-Z])[\w.& ]{1,30} app
            (?: (?:for|to (?:continue|keep|read|listen)|on|today|now)\b[^.!?]{0,40})?[.!]?
        (?:this (?:page|post|story)|(?-i:[A-Z])[\w' &]{1,40}) is better (?:in|on) (?:the|our) app[.!]?
        (?:available|download(?: now)?|get it) (?:on|from) (?:the )?(?:app store|google play|ios)
            (?: (?:and|or|&) [\w ]{3,20})?[.!]?
        [←«‹]\s?(?:previous|prev|older|back|zurück|précédent|anterior)\b.{0,120}
        (?:previous|next|older|newer) (?:post|article|story|issue|entry|episode|page)\s?[→»›]
        (?:next|newer)\s?[→»›]|[←«‹]
        page \d{1,4} of \d{1,4}
        hacker news ?(?:new |\| ){1,3}.{0,80}
    """,
    PAYING: r"""
        (?:you(?:'ve| have)|\d+|this is your) (?:(?:got|read|used|viewed|only|your|all|of|last|first|final|\d+|one|two|
            three|four|five|no|the|out of) ){0,6}(?:free|complimentary|metered|guest)(?: [\w-]{3,12})?
            \s(?:articles?|stor(?:y|ies)|posts?)
            (?: (?:left|remaining|this (?:month|week)|for|read|per month)\b.{0,60})?[.!]?
        (?:subscribe|unlimited access|get (?:full|unlimited) access|all access|try)\b[^.!?]{0,40}
            [$€£]\s?\d[\d.,]{0,6}\s?(?:/|per |a |every |for (?:the first )?(?:\d+ )?)
            \s?(?:week|month|year|mo|wk|yr|day)s?
            (?:[.!]|,? (?:cancel|billed|then)\b.{0,40}){0,3}
        get (?:unlimited|full) (?:digital )?access(?: to (?:all|every|our)\b[^.!?]{0,60})?[.!]?
    """,
    SPONSORING: r"""
        (?:a (?:message|word) from (?:our|today'?s) (?:sponsors?|partners?)|(?:our|today'?s) (?:sponsor|
            partner)s?)(?::.{0,60})?
    """,
    ACCOUNT: r"""
        already (?:a |an )?(?:paid |free )?(?:subscriber|member)s?\?.{0,60}|already have an? .{0,20}account\?.{0,40}
    """,
    POLLING: r"""
        (?:how (?:did|do) you (?:like|feel about|rate)|what did you think of|how was|rate|did you (?:like|enjoy))
            \s(?:today's|this|this week's|the)\s(?:newsletter|issue|edition|e-?mail|post|episode)\??
        ⭐{2,5}(?: .{1,40})?
        NUMBER votes?(?: [·∙•] .{1,40})?
    """,
    RIGHTS: r"""
        (?:copyright|\(c\)|©)\s?(?:copyright |©|\(c\))?\s?
            (?:19|20)\d\d(?:\s?[-–]\s?\d{4})?(?:[\s,.|·•∙–-]*(?:by |the )?(?-i:[^\sa-z])[^.!?]{0,80}|\s\S{2,30}|\W*)
            \.?(?:\s?all rights reserved(?:\.\s.{0,160})?\.?)?
        [^.!?]{1,50}\s(?:©|\(c\))\s?(?:19|20)\d\d(?:\s?[-–]\s?\d{4})?[ ,.|·•∙]*
            (?:all rights reserved(?:\.\s.{0,100})?\.?)?
        (?:copyright|\(c\)|©)\s?(?:19|20)\d\d\s.{2,200}\bunsubscribe\b.{0,60}
        all rights reserved.{0,60}
        copyright .{2,60} (?:19|20)\d\d\.?\s?all rights reserved\.?.{0,60}
        privacy\s?[∙·•|,]\s?terms.{0,60}|terms\s?[∙·•|,]\s?privacy.{0,60}
    """,
    POWERED: r"""
        substack is the home .{1,40}
        this site requires javascript.{0,100}
        (?:proudly )?(?:powered|published) (?:by|with|on) (?:substack|beehiiv|ghost|medium|buttondown|mailchimp|
            convertkit|kit|wordpress|jetpack|revue)\b.{0,60}
        (?:this (?:e-?mail|newsletter) (?:is |was )?)?(?:brought to you|sent|delivered) (?:by|with|via)
            \s(?:buttondown|mailchimp|beehiiv|kit|convertkit|mailerlite|substack|ghost)\b.{0,120}
        this site uses akismet\b.{0,120}
        missing some tweets? in this thread\?.{0,80}
        \[image: .{0,80}\]
        \[https?://[^\s\]]{1,280}\]
    """,
}

# Could be a sentence of the author's, and stay where they look like one.
LOOSE = {
    SUBSCRIBING: r"""
        subscribe to [^.!?]{1,80}
        get [^.!?]{1,60} (?:in|to|delivered to) your inbox
            (?:[.!:]|,? (?:every|each|for|once|twice|weekly|daily|on|before|as)\b[^.]{0,40}\.?)?
        (?:join|over|launched|with) (?:over |more than )?NUMBER (?:other )?(?:subscribers|readers)\b.{0,60}
        if (?:someone|a friend|you were) forwarded (?:you )?this\b.{0,120}
        (?:subscribe|sign up|join)\b.{0,60} to (?:receive|get) (?:new posts|updates|the latest|our)\b.{0,120}
        sign up (?:for|to) (?-i:[A-Z])[^.!?]{1,80}
    """,
    MAILING: r"""
        you(?:'re| are| were|'ve| have)? (?:currently )?(?:(?:receiv(?:ed|ing)|getting|got)
            \s(?:this|these|our|my|the|an?|it|e-?mails?|updates)|subscribed|a free subscriber|a paid subscriber|
            on the list|on the free list|signed up)\b[^,;]{0,180}
        (?:want to change how you receive these emails|don'?t want (?:these|to receive)|no longer (?:want|
            wish))\b.{0,160}
        \d{1,6} .{3,60}, (?:[A-Z][\w. ]{2,30}), [A-Z]{2} \d{5}(?:-\d{4})?(?:, ?(?:USA|
            United States(?: of America)?))?\.?
    """,
    SHARING: r"""
        if you (?:enjoyed|liked|found|like|find)\b.{0,80}\b(?:share|forward|subscribe|subscribing|restack)\b.{0,120}
        share [^.!?,]{1,40}(?:’s|'s)? (?:newsletter|substack|post)
    """,
    SPONSORING: r"""
        (?:this (?:issue|post|newsletter|edition|episode) (?:is|was) )?(?:brought to you|made possible|sponsored|
            presented|supported|powered) by:? (?-i:[^a-z]).{1,80}
        (?:together|in partnership|in collaboration) with:? (?-i:[^a-z])[^.!?]{1,60}(?:(?:inc|co|ltd)\.)?
        want to (?:advertise|sponsor|reach)\b.{0,120}
    """,
    ACCOUNT: r"""
        (?:sign|log) in to .{1,60}
    """,
    COOKIES: r"""
        (?:we|this (?:site|website)) uses? cookies(?: (?:to|for|and|on|that|in|so)\b[^,;:]{0,160})?[.!]?
    """,
    RELATING: r"""
        related(?: (?:story|article|post|coverage|reading))?\s?[:|»›>]\s?.{3,150}(?<![.!…])
    """,
}

# Taken out before the first and after the last paragraph, and beside other furniture, like the phrases there.
EDGES = {
    SHARING: r"""
        BUTTON(?: BUTTON){0,6}
    """,
    FILING: r"""
        (?:see more on|more on|categor(?:y|ies)|tags?|tagged|filed (?:under|in)|posted in|
            labels|kategorien?|schlagwörter|
            catégories?|
            étiquettes|mots-clés|categorías?|etiquetas)(?: (?:with|as|in))?\s?[:：]\s?[^.!?]{2,100}
        (?:#[^\W\d][\w-]{1,40}[\s,]*){1,20}
    """,
    MARKING: r"""
        (?:(?:strictly|highly|company|private|internal|privileged)(?: (?:and|&))?[ ,/]*)*
            (?:confidential(?:ity notice)?|internal use only|for internal use(?: only)?|
            do not (?:forward|distribute|share|
            circulate|copy)|not for (?:distribution|circulation|attribution|publication)|eyes only|internal only|
            attorney[- ]client privileged?)
            (?:[ ,.;/|–—-]*(?:and |& |please )?(?:confidential|internal (?:use )?only|for internal use only|do
            \snot (?:forward|distribute|share|circulate|copy)\b.{0,40}|
            not for .{0,30}distribution|draft|proprietary)){0,3}[.!]?
        (?:vertraulich|streng vertraulich|nur für den internen gebrauch|confidentiel|usage interne)[.!]?
    """,
    NUMBERING: r"""
        (?:the )?(?:issue|edition|no\.?|nr\.?|number|vol(?:ume|\.)?|ausgabe|numéro|número|nummer)\s?
            [#№]?\s?\d{1,4}(?:\s?[,/|·•–—-]?\s?(?:issue|no\.?|nr\.?|number|edition)\s?#?\d{1,4})?
        [#№]\s?\d{1,4}
    """,
    NAVIGATING: r"""
        [←«‹]\s?[^.!]{2,100}|[^.!]{2,100}\s[→»›]
    """,
    RELATING: r"""
        in [“"][^”"]{2,40}[”"]
    """,
}


# Nothing of the piece follows these.
CLOSINGS = {
    COMMENTING: r"""
        readers?'?s? comments
        discussion about this (?:post|podcast|video|episode)
        NUMBER (?:thoughts?|responses?|repl(?:y|ies)) (?:on|to) [“\"'‘].{1,200}
        cancel reply|leave a reply(?: cancel reply)?
        \S{2,20} (?:\d+|an?) (?:minute|hour|day|month|year)s? ago(?: \| (?:prev|next|parent|root|context))* ?\[[–−-]\]
        top ?latest ?discussions|top ?latest|top latest recent
        comments ?restacks
    """,
    RELATING: r"""
        ready for more\?
    """,
    POWERED: r"""
        substack is the home .{1,40}
    """,
}

# These end the piece unless running text follows them; so do all lines of the reasons in ENDING_REASONS.
ENDING_REASONS = frozenset({RIGHTS, MAILING, POWERED})
ENDINGS = {
    COMMENTING: r"""
        (?:leave|post|write) a (?:reply|response)
        (?:comments|responses|replies|discussion) ?\(?NUMBER\)?|NUMBER comments?
        no posts
        new comment|to view or add a comment, sign in.{0,40}
        NUMBER comments?,? sorted by.{0,40}
        (?:join|view|see|read) the (?:discussion|conversation|comments)\b.{0,40}
        (?:about|über) (?:the )?(?:authors?|writer|autor(?:in)?)|à propos de l'auteur|sobre (?:el|la) autora?
    """,
    RELATING: r"""
        (?:related|similar|recommended|recent|popular|other) (?:posts?|articles?|stories|reading|episodes?)
            (?: from .{1,60})?:?
        (?:more|read more|recommended) from .{1,80}
        you (?:might|may) also (?:like|enjoy).{0,20}|(?:read|up) next:?|keep reading|what to read next
        sign up for more like this\.?
        (?:published in|written by) (?-i:[A-Z])[^.!?]{1,50}
        this (?:article|story|piece|column|essay) (?:first |originally )*(?:appeared|was published)
            \s(?:in|on|at) .{1,200}
        an? guest (?:post|essay|article) by:?
        related (?:content|coverage|topics)|recommended for you|promoted content|reuse this content
        (?:previous|next) (?:post|article|story|issue|entry):?.{0,120}
        share this:|like this:|filed under:?.{0,80}|tagged:? .{0,80}|posted in .{1,80}
    """,
    ACCOUNT: r"""
        unsubscribe|(?:update|manage) (?:your )?preferences
    """,
}
