"""Phrase tables: whole lines that belong to the page around a piece, never to the piece.

A phrase counts only as a whole line; the same words inside a sentence are the author's. Phrases are compared without
case and punctuation; patterns (`NUMBER` stands for a count) must match the line from end to end.
"""

SHARING = "a share button"
SUBSCRIBING = "a call to subscribe"
COUNTING = "likes or comments"
NAVIGATING = "navigation"
PLAYING = "an audio player"
MAILING = "a mail notice"
SPONSORING = "a sponsor's message"
COMMENTING = "comments"
RELATING = "other posts"
PAYING = "a paywall notice"
RIGHTS = "a copyright line"
POWERED = "the platform's footer"
ACCOUNT = "an account link"

# Taken out wherever the whole line says this.
PHRASES = {
    SHARING: """
        share | restack | tweet | share this post | share this | share this article | share post |
        share this story | share on twitter | share on x | share on facebook | share on linkedin | click to share |
        tweet this | share via email | copy link | leave a comment | refer a friend | give a gift subscription |
        click to email a link to a friend | post to linkedin | share full article | gift this article
    """,
    SUBSCRIBING: """
        subscribe | subscribe now | subscribed | subscribe for free | subscribe free | upgrade to paid |
        become a paid subscriber | upgrade your subscription | type your email | type your email… |
        type your email... | enter your email | your email | email address | your email address | sign up |
        sign up for free | sign up now | join free | join now | get started | start writing |
        start writingget the app | get the app | claim my free post | or purchase a paid subscription |
        purchase a paid subscription | no thanks | subscribe to our newsletter | subscribe to the newsletter |
        subscribe to newsletter | join the newsletter | get more from this newsletter | subscribe here |
        start a substack | start your substack | pledge your support | become a member | become a subscriber |
        view subscription options
    """,
    PLAYING: """
        listen to post | listen to this post | article voiceover |
        audio playback is not supported on your browser please upgrade | playback speed |
        share post at current time | transcript | listen to this article | play | pause | generate transcript |
        view all episodes | listen on spotify | listen on apple podcasts
    """,
    NAVIGATING: """
        read in app | open in app | open app | skip to content | skip to main content | skip to primary content |
        view in browser | view online | read online | view in your browser | view this email in your browser |
        view this post on the web | back to top | table of contents toggle | toggle navigation | main menu |
        all posts | see all | see all posts | view all posts | view all | load more | show more posts |
        expand full comment | older posts | newer posts | older post | newer post
    """,
    ACCOUNT: """
        sign in | log in | login | log out | sign out | my account | already a subscriber sign in |
        already have an account sign in | already a paid subscriber sign in | already a member sign in |
        already a member log in | switch account | manage subscription | unsubscribe | unsubscribe here |
        update your preferences | update preferences | manage preferences | email preferences |
        manage your subscription | update profile | update your profile
    """,
    SPONSORING: """
        advertisement | advertise with us | sponsor us | sponsored | sponsored content | today's sponsor |
        become a sponsor
    """,
    COUNTING: """
        no comments yet | no comments | add a comment | add a comment… | write a comment | write a comment... |
        restacks
    """,
    POWERED: """
        substack is the home for great culture | substack is the home for great writing |
        this site requires javascript to run correctly | made with substack | powered by beehiiv |
        powered by ghost | published with ghost | powered by buttondown | proudly powered by wordpress |
        powered by wordpress | blog at wordpress com | powered by wordpress com | powered by mailchimp |
        made with ghost | collection notice | privacy policy | terms of service | terms of use |
        privacy ∙ terms ∙ collection notice | cookie policy | accept all cookies | accept cookies
    """,
    PAYING: """
        member only story | members only story | paid post | paid episode
    """,
}

# Taken out before the first and after the last paragraph, and beside other furniture.
EDGE_PHRASES = {
    SHARING: """
        link | email | e mail | facebook | twitter | x | linkedin | reddit | whatsapp | telegram | pinterest |
        tumblr | threads | bluesky | mastodon | print | pocket | more | notes | note | other | hacker news | copy |
        flipboard | tip | gift | bookmark | save
    """,
    COUNTING: """
        like | likes | liked | comment | comments | reply | replies | collapse | report | like comment | clap |
        claps | views | upvote
    """,
    NAVIGATING: """
        home | about | archive | posts | podcast | chat | menu | search | close | blog | newsletter | newsletters |
        leaderboard | latest | top | new | discussion | discussions | discover | explore | categories | tags |
        contact | next | previous | prev | community | team | recommendations | topics | news | opinion | write |
        author | authors | editors | contributors | browse | features | pricing | events | jobs | page 1 |
        follow us | podcasts | videos | video | courses | resources | start here | rss | donate | shop | activity |
        library | stories | stats | uncategorized | continue reading
    """,
    ACCOUNT: """
        and | with | follow | following | follow publication | follow author | message | profile | dashboard |
        settings | account | get app
    """,
    PLAYING: """
        listen | watch | read | audio | 1x | speed | download | transcript
    """,
    SUBSCRIBING: """
        free | paid | preview | free preview | gift a subscription | join | not now | continue | submit | okay |
        ok | skip
    """,
    POWERED: """
        help | privacy | terms | status | careers | press | text to speech | speechify | accessibility | cookies |
        sitemap | legal | imprint | faq
    """,
    RELATING: """
        related | recommended | more | more posts | popular | trending | most popular | related posts |
        top stories | see more
    """,
}

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
        discover more from .{1,80}
        forwarded this (?:email|newsletter)\?.{0,80}
        (?:was this|did someone) (?:email |
            newsletter )?forward(?:ed)?(?: this| to you| you this| this to you)?.{0,100}
        ready for more\?
        pledge your support.{0,80}
        get \d+% off.{0,80}
        (?:start|try) (?:a |your )?\d+[- ]day free trial.{0,40}
    """,
    COUNTING: r"""
        NUMBER (?:likes?|comments?|restacks?|replies|shares?|claps?|responses?|reactions?|views?|plays?|
            upvotes?)(?: [·∙•|/-] .{1,60})?
        (?:likes?|comments?|restacks?|claps?|responses?|replies|shares?) ?\(NUMBER\)
        NUMBER (?:likes?|comments?)\s?[∙·•]\s?NUMBER .{1,30}
        \d+ more comments?.*
        (?:like this:?\s*)?like ?loading\s?(?:\.\.\.|…)?|loading(?:\.\.\.|…)
        NUMBER followers?(?: [·∙•] .{1,40})?
        be the first (?:to (?:like|comment|reply)|person to like).{0,40}
        liked by .{1,80}|\d+ others? liked this
        [♥♡❤🤍👏🔁💬🔄]\ufe0f?\s?\d*
    """,
    PLAYING: r"""
        -?\d{1,2}:\d\d(?::\d\d)?(?: ?/ ?-?\d{1,2}:\d\d(?::\d\d)?)?
        (?:0?\.[57]|[0-3](?:\.\d{1,2})?)[x×]
        listen(?: to (?:this )?(?:post|article|episode|story))?\s?[·∙•|(]?\s?(?:\d{1,2}:\d\d|\d+ min(?:utes?)?)\)?
    """,
    MAILING: r"""
        (?:having trouble|trouble|problems|can'?t|cannot|unable to)\b.{0,30}\b(?:view|read|see|display|viewing|
            reading|seeing|displaying)\b.{0,60}\b(?:e-?mail|newsletter|message|images|it|this)\b.{0,120}
        (?:view|read|open|see) (?:this |the )?(?:e-?mail |post |newsletter |issue |it |message )?(?:in|on) (?:your |
            a |the )?(?:web ?)?(?:browser|web|app|website)\b.{0,120}
        (?:view|read) (?:in browser|online)\s?[|·•/-]\s?.{1,60}
        you (?:received|get|got) this (?:e-?mail|message|newsletter) because\b.{0,160}
        this (?:e-?mail|message|newsletter) was (?:sent|delivered)\b.{0,160}
        (?:you can )?(?:(?:update|manage|change|edit) your (?:e-?mail )?(?:preferences|subscription|settings)|
            unsubscribe)\b(?: or|,| from| \||:| [·•-]| here| at any time| instantly).{0,120}
        (?:to )?(?:unsubscribe|manage your (?:subscription|preferences)),? (?:click|visit|go to)\b.{0,100}
        our mailing address is:?.{0,160}
        you just read (?:issue|edition|number)\b.{0,160}
        (?:add us to your address book|reply to this email)[.!]?
    """,
    SHARING: r"""
        share (?:this )?(?:via|on|to|with) (?:e-?mail|facebook|twitter|x|linkedin|reddit|whatsapp|telegram|mastodon|
            bluesky|a friend|friends)\b.{0,20}(?:\(opens in new window\))?.{0,60}
        (?:click to (?:share|print|email)\b|.{0,40}\(opens in new window\)).{0,80}
        (?:this post is public|this is a public episode)\b.{0,20}so feel free to share it\.?
        (?:cross|re)-?post(?:ed)? (?:by|from|with permission)\b.{0,100}|.{1,60} cross-posted (?:a|
            this) post\b.{0,60}
    """,
    SPONSORING: r"""
        (?:a (?:message|word) from (?:our|today'?s) (?:sponsors?|partners?)|(?:our|today'?s) (?:sponsor|
            partner)s?)(?::.{0,60})?
    """,
    ACCOUNT: r"""
        already (?:a |an )?(?:paid |free )?(?:subscriber|member)s?\?.{0,60}|already have an account\?.{0,40}
    """,
    RIGHTS: r"""
        (?:copyright|\(c\)|©)\s?(?:copyright |©|\(c\))?\s?
            (?:19|20)\d\d[^.!?]{0,80}\.?(?:\s?all rights reserved(?:\.\s.{0,160})?\.?)?
        [^.!?]{1,50}\s(?:©|\(c\))\s?(?:19|20)\d\d(?:\s?[-–]\s?\d{4})?[ ,.|·•∙]*
            (?:all rights reserved(?:\.\s.{0,100})?\.?)?
        all rights reserved.{0,60}
        privacy\s?[∙·•|,]\s?terms.{0,60}|terms\s?[∙·•|,]\s?privacy.{0,60}
    """,
    POWERED: r"""
        substack is the home .{1,40}
        this site requires javascript.{0,100}
        (?:proudly )?(?:powered|published) (?:by|with|on) (?:substack|beehiiv|ghost|medium|buttondown|mailchimp|
            convertkit|kit|wordpress|jetpack|revue)\b.{0,60}
        \[image: .{0,80}\]
    """,
}

# Could be a sentence of the author's, and stay where they look like one.
LOOSE = {
    SUBSCRIBING: r"""
        subscribe to [^.!?]{1,80}
        get [^.!?]{1,60} (?:in|to|delivered to) your inbox\b.{0,60}
        (?:join|over|launched|with) (?:over |more than )?NUMBER (?:other )?(?:subscribers|readers)\b.{0,60}
        if (?:someone|a friend|you were) forwarded (?:you )?this\b.{0,120}
        (?:subscribe|sign up|join)\b.{0,60} to (?:receive|get) (?:new posts|updates|the latest|our)\b.{0,120}
    """,
    MAILING: r"""
        you(?:'re| are| were|'ve| have)? (?:currently )?(?:receiv(?:ed|ing)|getting|got|subscribed|
            a free subscriber|a paid subscriber|on the list|on the free list|signed up)\b.{0,180}
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
            presented|supported|powered) by:? .{1,80}
        (?:together|in partnership|in collaboration) with:? .{1,60}
        want to (?:advertise|sponsor|reach)\b.{0,120}
    """,
    ACCOUNT: r"""
        (?:sign|log) in to .{1,60}
    """,
    POWERED: r"""
        (?:we|this (?:site|website)) uses? cookies\b.{0,200}
    """,
}

# Nothing of the piece follows these.
CLOSINGS = {
    COMMENTING: r"""
        discussion about this (?:post|podcast|video|episode)
        NUMBER (?:thoughts?|responses?|repl(?:y|ies)) (?:on|to) [“\"'‘].{1,200}
        cancel reply|leave a reply(?: cancel reply)?
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
    """,
    RELATING: r"""
        (?:related|similar|recommended|recent|popular|other) (?:posts?|articles?|stories|reading)(?: from .{1,60})?:?
        (?:more|read more|recommended) from .{1,80}
        you (?:might|may) also (?:like|enjoy).{0,20}|(?:read|up) next:?|keep reading|what to read next
        sign up for more like this\.?
        (?:previous|next) (?:post|article|story|issue|entry):?.{0,120}
        share this:|like this:|filed under:?.{0,80}|tagged:? .{0,80}|posted in .{1,80}
    """,
    ACCOUNT: r"""
        unsubscribe|(?:update|manage) (?:your )?preferences
    """,
}
