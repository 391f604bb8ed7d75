"""Pattern tables: what the lines around a piece say with a name or a count in them.

A pattern (`NUMBER` stands for a count) must match the line from end to end.
"""

from reader.intake.phrases import (
    ACCOUNT,
    COMMENTING,
    COUNTING,
    MAILING,
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
        (?:simply )?sign up to .{1,80} delivered (?:directly )?to your inbox\.?
        don't miss what's next\.?(?: subscribe to .{1,80})?
        (?:start|try) (?:a |your )?\d+[- ]day free trial.{0,40}
    """,
    COUNTING: r"""
        (?:like|heart|laugh|surprised|sad|angry|thumbs ?up) \d{1,4}|NUMBER following
        NUMBER (?:likes?|comments?|restacks?|replies|shares?|claps?|responses?|reactions?|views?|plays?|
            upvotes?)(?: [·∙•|/-] .{1,60})?
        (?:likes?|comments?|restacks?|claps?|responses?|replies|shares?) ?\(NUMBER\)
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
        sent from my [\w ]{2,20}|get outlook for .{2,20}
        our mailing address is:?.{0,160}
        you just read (?:issue|edition|number)\b.{0,160}
        (?:add us to your address book|reply to this email)[.!]?
    """,
    SHARING: r"""
        share (?:this )?(?:via|on|to|with) (?:e-?mail|facebook|twitter|x|linkedin|reddit|whatsapp|telegram|mastodon|
            bluesky|hacker news|threads|a friend|friends)\b.{0,20}(?:\(opens in new window\))?.{0,60}
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
    POLLING: r"""
        (?:how (?:did|do) you (?:like|feel about|rate)|what did you think of|how was|rate|did you (?:like|enjoy))
            \s(?:today's|this|this week's|the)\s(?:newsletter|issue|edition|e-?mail|post|episode)\??
        ⭐{2,5}(?: .{1,40})?
        NUMBER votes?(?: [·∙•] .{1,40})?
    """,
    RIGHTS: r"""
        (?:copyright|\(c\)|©)\s?(?:copyright |©|\(c\))?\s?
            (?:19|20)\d\d[^.!?]{0,80}\.?(?:\s?all rights reserved(?:\.\s.{0,160})?\.?)?
        [^.!?]{1,50}\s(?:©|\(c\))\s?(?:19|20)\d\d(?:\s?[-–]\s?\d{4})?[ ,.|·•∙]*
            (?:all rights reserved(?:\.\s.{0,100})?\.?)?
        all rights reserved.{0,60}
        copyright .{2,60} (?:19|20)\d\d\.?\s?all rights reserved\.?.{0,60}
        privacy\s?[∙·•|,]\s?terms.{0,60}|terms\s?[∙·•|,]\s?privacy.{0,60}
    """,
    POWERED: r"""
        substack is the home .{1,40}
        this site requires javascript.{0,100}
        (?:proudly )?(?:powered|published) (?:by|with|on) (?:substack|beehiiv|ghost|medium|buttondown|mailchimp|
            convertkit|kit|wordpress|jetpack|revue)\b.{0,60}
        \[image: .{0,80}\]
        \[https?://[^\s\]]{1,280}\]
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
        new comment|to view or add a comment, sign in.{0,40}
        NUMBER comments?,? sorted by.{0,40}
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
