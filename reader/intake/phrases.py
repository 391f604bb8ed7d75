"""Phrase tables: whole lines that belong to the page around a piece, never to the piece.

A phrase counts only as a whole line; the same words inside a sentence are the author's. Phrases are compared without
case and punctuation.
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
READERS = "who may read it"
RIGHTS = "a copyright line"
POWERED = "the platform's footer"
ACCOUNT = "an account link"
POLLING = "a poll"
COOKIES = "a cookie notice"
FILING = "what the piece is filed under"
MARKING = "a mark of confidence"
NUMBERING = "the number of the issue"

# Taken out wherever the whole line says this.
PHRASES = {
    SHARING: """
        share | restack | tweet | share this post | share this | share this article | share post |
        share this story | share on twitter | share on x | share on facebook | share on linkedin |
        tweet this | share via email | share this email | report this article | copy link | leave a comment |
        refer a friend | give a gift subscription |
        click to email a link to a friend | post to linkedin | share on whatsapp | share on reddit |
        share on threads | share on bluesky | share on telegram | share on mastodon | share with a friend |
        share via facebook | share via twitter | share via linkedin | copy link to clipboard | copy the link |
        link copied | link copied! | link copied to clipboard | copied to clipboard | print this page | share link |
        gift article | gift this story |
        forward to a friend | forward to friend | forward this email | forward this email to a friend | pin it |
        add your comment | add your comment... | share on linkedin share on facebook | share newsletter |
        click to share | share full article | gift this article
    """,
    SUBSCRIBING: """
        subscribe | subscribe now | subscribed | subscribe for free | subscribe free | upgrade to paid |
        become a paid subscriber | upgrade your subscription | type your email | type your email… |
        type your email... | enter your email | your email | email address | your email address | sign up |
        sign up for free | sign up now | join free | join now | get started | start writing |
        start writingget the app | get the app | claim my free post | or purchase a paid subscription |
        purchase a paid subscription | user's avatar | no thanks | subscribe to our newsletter |
        subscribe to the newsletter |
        subscribe to newsletter | join the newsletter | get more from this newsletter | subscribe here |
        start a substack | start your substack | pledge your support | become a member | become a subscriber |
        view subscription options | upgrade to founding | upgrade to premium | upgrade now | view all plans |
        give a gift | group subscription | get a group subscription | available for ios and android |
        subscribe and never miss a post | try it free | your email here | you're subscribed | sign me up |
        get the newsletter | get our newsletter | join the list | join the waitlist | success! check your inbox |
        please check your inbox and click the link to confirm your subscription | please enter a valid email address |
        something went wrong please try again | you've successfully subscribed | i'm in |
        email address required | stay informed with free updates | subscribe for more | subscribe today
    """,
    PLAYING: """
        listen to post | listen to this post | article voiceover |
        audio playback is not supported on your browser please upgrade | playback speed |
        share post at current time | transcript | listen to this article | play | pause | generate transcript |
        your browser does not support the audio element | your browser does not support the video tag |
        audio is not supported in your browser | this article is read by an automated voice | audio narration |
        this audio is generated automatically | this audio is auto generated | audio version | play episode |
        listen to the audio version | listen to this story | listen to story | listen to the article |
        listen now | play audio | play article | add to queue | show transcript | hide transcript |
        subscribe on apple podcasts | subscribe on spotify | listen on youtube | listen on amazon music |
        download episode | skip back 15 seconds | skip forward 30 seconds | mute | unmute |
        view all episodes | listen on spotify | listen on apple podcasts
    """,
    NAVIGATING: """
        read in app | open in app | open app | skip to content | skip to main content | skip to primary content |
        view in browser | view online | read online | view in your browser | view this email in your browser |
        view this post on the web | back to top | table of contents toggle | toggle navigation | main menu |
        all posts | see all | see all posts | view all posts | view all | load more | show more posts |
        expand full comment | older posts | newer posts | older post | newer post | view more | view archive |
        skip to navigation | skip to footer | skip to site index | skip to main | accessibility help |
        jump to comments section | see more comments | see more posts | explore topics | find a creator |
        see new posts | click here to read online | jump to content | jump to navigation | promoted content |
        get the app for the best experience | continue in app | continue in browser | download the app |
        download our app | get our app | open in browser | read in the app | read this in the app |
        download on the app store | get it on google play | available on the app store | scan to download |
        use app | not now continue in browser | post navigation | page navigation | article continues below |
        story continues below advertisement | story continues below | article continues after ad |
        article continues below this ad | article continues after advertisement | scroll to continue |
        scroll to top | go to top | close menu | open menu | open search | toggle menu | expand image | view image |
        enlarge this image | click to enlarge | view larger image | skip advertisement | jump to comments |
        click here to view this email in your browser | read it online | read on the web | view on the web |
        read on substack | read on medium | read the full post on linkedin | see translation | show translation |
        translate post | view post | show this thread | show more replies | read full story |
        open immersive reader | add comment |
        sidebar menu | see more recommendations | explore the edition | follow publication | view quotes
    """,
    ACCOUNT: """
        sign in | log in | login | log out | sign out | my account | already a subscriber sign in |
        already have an account sign in | already a paid subscriber sign in | already a member sign in |
        already a member log in | switch account | manage subscription | unsubscribe | unsubscribe here |
        update your preferences | update preferences | manage preferences | email preferences |
        manage your subscription | update profile | update your profile | sign in or sign up | log in or sign up |
        agree & join linkedin | log in to listen
    """,
    SPONSORING: """
        advertisement | advertisements | anzeige | werbung | publicité | publicidad | pubblicità | advertentie |
        реклама | ad | ads by google | paid advertisement | paid partnership | paid partner content |
        report this ad | remove ads | why this ad? | advertise with us | sponsor us |
        sponsored | sponsored content | today's sponsor |
        become a sponsor
    """,
    COUNTING: """
        no comments yet | no comments | add a comment | add a comment… | write a comment | write a comment... |
        restacks | new comment | moderation log | comment and subscribe | view all comments |
        write a response | what are your thoughts? | post comment | view comments | show comments | top comments
    """,
    POWERED: """
        substack is the home for great culture | substack is the home for great writing |
        this site requires javascript to run correctly | made with substack | powered by beehiiv |
        powered by ghost | published with ghost | powered by buttondown | proudly powered by wordpress |
        powered by wordpress | blog at wordpress com | powered by wordpress com | powered by mailchimp |
        made with ghost | collection notice | privacy policy | terms of service | terms of use |
        privacy ∙ terms ∙ collection notice | cookie policy
    """,
    COOKIES: """
        accept all cookies | accept cookies | reject all cookies | cookie settings | manage cookies |
        cookie preferences | manage cookie preferences | accept all & close | only necessary cookies |
        accept only essential cookies | necessary cookies only | accept & continue | alle akzeptieren |
        alle cookies akzeptieren | tout accepter | tout refuser | aceptar todas las cookies
    """,
    POLLING: """
        login or subscribe to participate | login or subscribe to participate in polls | loading poll
    """,
    PAYING: """
        cancel anytime | cancel any time | for subscribers | no credit card required | see subscription options |
        see all subscription options | unlock this article | unlock this post | subscribe to unlock |
        try it for free | start your free trial | start free trial |
        member only story | members only story | paid post | paid episode
    """,
}

# What stands between buttons and after them: "Login" or "Subscribe" to participate.
JOINTS = frozenset({"or", "to participate", "to comment", "to join the discussion", "to reply", "to continue"})

# Taken out before the first and after the last paragraph, and beside other furniture.
EDGE_PHRASES = {
    SHARING: """
        link | email | e mail | facebook | twitter | x | linkedin | reddit | whatsapp | telegram | pinterest |
        tumblr | threads | bluesky | mastodon | print | pocket | more | notes | note | other | hacker news | copy |
        flipboard | tip | gift | bookmark | save | forward | share by email | send | embed | repost | quote |
        copy url | add to reading list | saved | save article | save for later | bookmark this article
    """,
    COUNTING: """
        celebrate | insightful | shares | reposts | points | sort by best | sort by newest | best | oldest | newest |
        most liked |
        like | likes | liked | comment | comments | reply | replies | collapse | report | like comment | clap |
        claps | views | upvote
    """,
    NAVIGATING: """
        home | about | archive | posts | podcast | chat | menu | search | close | blog | newsletter | newsletters |
        leaderboard | latest | top | new | discussion | discussions | discover | explore | categories | tags |
        contact | next | previous | prev | community | team | recommendations | topics | news | opinion | write |
        archives | post | article | relevant | explore more | conversation | website | site | top content |
        gmail | gmail inbox | inbox |
        external | 1 message | to me | essays | frontpage | author | authors | editors | contributors |
        browse | features | pricing | events | jobs | page 1 |
        my network | me | messaging | notifications | for business | try premium | my feed |
        follow us | podcasts | videos | video | courses | resources | start here | rss | donate | shop | activity |
        library | stories | stats | uncategorized | continue reading
    """,
    ACCOUNT: """
        and | with | follow | + follow | following | follow publication | follow author | message | profile |
        dashboard |
        settings | account | get app
    """,
    READERS: """
        free | paid | preview | free preview
    """,
    PLAYING: """
        listen | watch | read | audio | 1x | speed | download | transcript
    """,
    SUBSCRIBING: """
        gift a subscription | join | not now | continue | submit | okay |
        ok | skip
    """,
    POWERED: """
        help | privacy | terms | status | careers | press | text to speech | speechify | accessibility | cookies |
        sitemap | legal | imprint | faq
    """,
    COOKIES: """
        accept | accept all | reject | reject all | decline | got it | i agree | agree | manage preferences |
        learn more | manage settings | customise | customize | akzeptieren | ablehnen | accepter | refuser |
        aceptar | rechazar | necessary only | allow all | deny
    """,
    RELATING: """
        related | recommended | more | more posts | popular | trending | most popular | related posts |
        top stories | see more | mentioned in | recent posts | recent episodes
    """,
}
