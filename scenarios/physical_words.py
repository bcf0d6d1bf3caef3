"""The words of force: verbs, named parts of patterns, and the table of acts with what excuses them.

In the data a space is any white space, every bracket groups without capturing, and @NAME@ is a named part.
"""

VERBS = """
restrain grip grasp seize clutch clamp pin wrestle tackle manhandle overpower subdue immobilise
immobilize frogmarch handcuff cuff strap shackle bundle shove drag haul heave yank hoist headlock sedate
inject tranquillise tranq seclude jab slap punch kick smack straitjacket choke tug grapple march confine
prone collar overwhelm rugby-tackle frog-march bear-hug man-handle hog-tie nab clasp trap snatch scoop
sling barge prise prize lever wrench jerk pry peel fling hurl throw dump bind tether buckle flatten
smother whack thump clout throttle apprehend swing squash trip plonk
"""

WORDS = r"""
S = (s|ing?)?
# Whom: the person, or a part of the body.
BODY = (arms?|wrists?|forearms?|hands?|elbows?|shoulders?|legs?|ankles?|feet|foot|head|neck|waist|hips?|chest
  |torso|thumbs?|fingers?|knees?|thighs?|collar|hood|sleeves?|hair)\b(?! (of (the|a)|cream|gel|mirror|towels?
  |bands?|rest|board|bag|massage)\b)
PEOPLE = (patient|person|lad|lads|girl|boy|woman|man|fella|bloke|guy|kid|client|resident|service user
  |individual)\b
NAME = (?-i:(?!(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|Mum|Dad|The|And|But|If|We|You)[A-Z][a-z]+)
NEXT = (?= (and|or|but|while|till|until|by|down|still|back|away|there|here|to|into|in|onto|on|off|from|for|so
  |out|over|up|round|around|now|please|at|with|against|tight|tightly|firmly|gently|hard|if|before|when|as
  |again|quick|quickly|then|through|towards|physically|like|just|too|steady|face|prone|first|without|because
  |under|properly|mate|where|the injection|under|securely|safely|somewhere|between|next|lads|guys|behind
  |forcibly|once|after|flat)\b|\s*([^\w\s'<]|$))
CORE = ((you|u)\b(?!')( lot| both)?|him\b|her\b@NEXT@|<(them|they|name)>(?!')|them\b(?! (for you|up for))|(the
  |this|that|a|another|our) (\w+ )?@PEOPLE@(?!'))
WHOM = (@CORE@|(any|some|every)(one|body)\b|people\b|patients\b|@NAME@\b(?!'))
WHOSE = (((both|each|one|two)( of)? )?(your|ur|his|her|their|<their>|<name>'s|@NAME@'s?|(the|this) @PEOPLE@'s)
  ( (left|right|upper|lower|both|two|other|near|free|bad|good|poor))?)
LIMB = (@WHOSE@ @BODY@|(both|each|a|one|the) (elbows?|wrists?|ankles?|shoulders?)\b)
ONE = (@CORE@|@LIMB@)
ALL = (@WHOM@|@LIMB@)
# Where to, and how.
PLACE = (in|into|to|on|onto|in to|on to)( (the|a|an|full|that))*( \w+)?? (?<!ground\s)(seclusion|segregation|
  (ground|floor|deck)\b(?! floor)|(?<!on\s)holds?\b|(hand)?cuffs|restraints?|arm\s*lock|head\s*lock
  |wrist\s*lock|bear\s*hug|straps|prone|supine|half nelson)
GOES = ( (back|straight|right|over|out|off|flat|face|down|up|away))*
ROOM = @GOES@ (in|into|in to|to) (your|his|her|their|<their>|the|that|this) (\w+ )?(room|bedroom|bathroom|cell
  |bed)\b
BY_FORCE = (by force|forcibly|physically|firmly|with (both|our|your) hands|hands[- ]on|kicking and screaming|
  (whether )?((you|he|she|they|<they>) )?like(s|<s>)? it or not|against (your|his|her|their|<their>) will
  |one on each (arm|side)|under (the|each|both) arms?)
# What stands just before a thing that is only force when it is used (a hold, an injection, "be held").
AS_NOUN = \b(us(e|es|ing)|appl(y|ies|ying)|needs?|wants?|into|in|to|do|doing|go|going|call|for|start|initiate
  |get|ready|prepare|authorise|be|means?|it's|its|that's|then|straight|with|try|have|put|give|or|prep|set up
  |open|opens?|back) ((the|a|an|full|some|your|safe|pmva|prone|supine|planned|standing|seated|guided|escort
  |two|three|person|man|mechanical|physical|him|her|you|them|<them>|<name>|into|in|that|proper|up|low|level
  |supportive|arm|figure|on|open|to|restrictive|safety|back|head|wrist|for|team|straight|this) ){0,4}$
AS_HOLD = \b(us(e|es|ing)|appl(y|ies|ying)|into|in|for|needs?|do|with|have|put|get|a|the|your|his|her|them
  |pmva|c&r) ((the|a|an|full|some|safe|pmva|prone|supine|standing|seated|guided|escort|two|three|two-person
  |three-person|low-level|low|level|supportive|restrictive|arm|wrist|head|figure|into|in|you|him|her|them
  |<them>|<name>) ){0,4}$
AS_DOSE = \b(giv(e|es|ing)|get(ting)?|have|having|be|it's|its|for|with|draws?|prep|prepares?|need|use|using
  |means|or|then|stick|sticks?|to|administer|by|your choice) ((to|you|him|her|them|<them>|<name>|the|an|your
  |<their>|his|their|that|this|a|another|be|up|it|by|in|have|now|with|is|it's|its|will|ready) ){0,4}$
AS_DONE = (\b(be|get|gets|getting|end up( being)?|(hav(e|ing)|wants?|needs?|get|getting|keep) (you|him|her
  |them|<them>|<name>|<they>|@NAME@)) (\w+ly )?$|^\W*(and |so |now )?(you're|youre|you are|he's|she's|they're
  |<name>'s|<they>('re| <is>| <are>)|<name> is) being $)
WAS_DONE = (^|[,;] |\band )\W*(you|your colleagues?|the team|staff|two nurses|security) (\w+ly )?$
THIRD = (<(them|name)>(?!')|(<their>|<name>'s) (\w+ )?@BODY@)
# Verbs.
MOVE = (put|tak|get|bring|hav|stick|chuck|throw|keep|bang|sling|drop|wrestl|forc|fling|dump)t?(e?s|ing?|e)?
LEAD = (guid|lead|walk|usher|escort|tak|mov|bring|steer|get|help|return)t?(e?s|ing?|e)?
DOWN =  down\b(?! (to|for|as|there|at|by|with|a peg|the (shop|road|stairs|corridor)|here|an?\b|some\b
  |on (paper|the list)))
# Where a new clause begins: what was denied before it is not denied after it.
WHO = (i|we|you|he|she|they|<they>|<name>|staff|security|(the|your|my|our) (team|staff|nurses?|others|lads
  |doctor|colleagues?)|someone|somebody|it|there)
WILL = ('ll|'re|'m|'d|'ve| will| shall| are (going|gonna|all)| am going| is going| have to| need to| must
  | might| may| can| <is> going| <have>)\b
HASTE = (well (have|need|be|just|only|all|$)|ill? (have|just|only|$)|(?<![\w>]\s)were (going|gonna|all|$)
  |im (going|gonna|$)|theyll|theyre)
JOIN = (and|or|but|so|because|cos|cause|then|until|till|unless|while|if|when|before|after|as|though|although
  |otherwise|else)
HURRY = ((then|just|now|please|maybe|otherwise|or|and|so|else|instead|simply|quick|go|honestly) )*
TOOLS = (get|gets|take|takes|keep|use|put|puts|grab|go|help|have|call|lock|give|turn)( (a|the|to|tight))?
THINKS = (think|thinks|believe|mean|means|expect|suppose|say|saying|said|imagine|want|reckon|that|why|how|way
  |reason|promise|agree|need|plan|feel|suggest|suggesting|as if|like|doesn't make|worried|scared|afraid
  |frightened|thought|person|staff|ones?|who)
NEW_CLAUSE = (,|\b@JOIN@\b),? @HURRY@(?=@WHO@\b|@HASTE@|nobody|no one|none of)|(,|\b(so|then|but)\b),? @HURRY@
  (@TOOLS@ )?$|\bthen (?=@TOOLS@)|, (with|by)\s
BARE_CLAUSE = (\b(?P<of>@THINKS@) )?\b(@WHO@@WILL@|@HASTE@)
ASIDE = , (and i mean|under any|under no|whatever|no matter|i promise|honestly|please|ever|<name>|at all
  |in here|on this|not (now|ever|today|here)|lads|guys|everyone|everybody|today|ever)\b[^,]{0,40},
# Denied, feared, past, not staff, the person's own, asked for.
NOT_DENIED = \bnot (only|just|long|afraid|scared|above|sorry|yet|asking|going to ask)\b|\b(why|or|if) not\b|\b
  (wo|wi)(n'?t| not) (hesitate|be long|take long|mind)|n'?t (hesitate|forget|worry|think twice|mind|wait to)\b
  |\b(do not|don'?t|never) (make|force|tempt|push) (me|us|them|him|her|anyone|tom)|never mind|ready or not
  |\bno(thing)? (other )?(choice|option|alternative|way round|left)|can'?t help|nothing for it|n'?t (\w+ )?
  (want|like|wish) to have to|not (\w+ )?(want|like|wish) to have to|rather not have to|\bwhy (don'?t|can'?t
  |aren'?t|not)|\b(can'?t|couldn'?t|shouldn'?t|wouldn'?t) (we|i|you|someone|somebody|they)\b|\bwo
  (n'?t) (someone|somebody|you)|\bdon'?t you (think|want)|whether or not|like it or not
DENIED = \b(no[- ]?one|nobody|no ones|none|never|neither|nor|not|cannot|\w+n't|(ca|wo|do|does|did|is|are|was
  |were|would|should|could|must|has|have|need|ai|was)nt|refus\w+ to|last thing|far from|no (need|way|question
  |reason|plans?|intention)|nowt)\b|\b(stop\w*|prevent\w*)( (them|him|her|us|me|anyone|anybody|staff|people
  |trying to|from|<name>)){0,3} $|\b(without|instead of|rather than|avoid\w*|against|than|no more|no)( (anyone
  |anybody|us|me|staff|them|people|to|him|her|having to|needing to|getting|being|ever|any|a|the|putting|going
  |using|ending|coming|taking|giving)){0,4} $|\bbefore any(one|body|thing)\b|\bhands off\b
ONCE = no[- ]?one|nobody|no ones|none|never|ain'?t
TAKEN_BACK = [^.!?;]{0,60}\b(no (other )?(choice|option)|(but|so) (we|i|they)('re| are|'m| am) (going to
  |gonna)\s*([.,!;]|$))|[^.!?;]{0,60}\b(unless|until)\b(?! (you|<they>|<name>) (ask|want|say|tell|agree
  |'d like|would like))|[^.!?;]{0,60}[,.;]? \bbut (if [^.]{0,40})?(we|i|they|tom|someone)('?ll| will| might
  | may| can| would| must)( have to)?(?= (if|when|though|unless|do it)\b|\s*([.,!;]|$))|[^.!?;]{0,40}\bbut (we
  |i|they)('?ll| will)? (have|need|got) to\s*([.,!;]|$)|[^.!?;]{0,20}\b(?<!even\s)(if|as long as|provided
  |so long as) you('?ll| will|'re)? (just )?(sit|calm|behave|stay|come|cooperate|settle|listen|stop|go|do as
  |take|keep|get back|quiet|move)| (just )?yet\b
NEVER_AFTER =  (isn'?t|is not|won'?t|will not|is never|would never|wouldn'?t|is the last|helps no|was
  |has never|hasn'?t|is wrong|is off)
PAST = (\bhad to|\bused to|\btried to|\bled to|\bended in|\b(they|we|i|he|she|you|who|people|staff|someone
  |somebody|that|<they>) (was|were)(?! (told|asked|planning|thinking|to|going|gonna|just|about))( \w+){0,2}
  |\bwas (them|him|her|it)|\b(was|were) (they|he|she|someone|staff|anyone|people)( going to)?|\b(saw|seen
  |heard|watch(ed|ing)?|remember|recall|felt|about)( \w+){0,4}|\bdid(n'?t)? (\w+ ){0,3}?\w+|\b(sorry
  |apologi[sz]e) (for|about|that)( \w+){0,4}|\bafter( \w+){0,2}|\b(was|were|felt|been|being|must be
  |it) (\w+ )?(awful|frightening|terrifying|scary|horrible|hard|like)( \w+){0,4}|\b(thought|expected|told you)
  ( \w+){0,2} (were|was) (going to|gonna|about to|coming to|here to)) $
PAST_NOT = \b(about (to|time)|how about|thinking about|about you)\b|\bsorry (about|for) this|told to
THEY_FEAR = \b(you|<they>|<name>|he|she)('re| are| <is>|'s| is|re)? ?(\w+ )?(think|thinks|think<s>|thought
  |feel|felt|fear|fear<s>|feared|expect|expects|expected|expect<s>|afraid|scared|worried|frightened|imagine
  |reckon|dread|hate|convinced|sure|told me)\b|\b(afraid|scared|worried|frightened|fear|dread|terrified) (of
  |that|someone|we|they|i|people|staff)
NOT_STAFF = (\b(what|who|nothing|something|everything|it|that|this|which|noise|voices?|music|song|thoughts?
  |tablets|meds|medication|worry|pain|things?|feelings?|walls?|place|ward|world|jumper|coat|blanket|any of (it
  |that|this)|all of (it|that|this))('s|'ll|'ve|s| is| are| has| have| must| can| might| really| will| would
  | just| been| keeps?| got| get| to)*|<they>[^,.;]*<(s|es)>[^,.;]*)(?<!\sto) $
THING_DONE = \b(doors?|meeting|group|round|session|class|party|review|tribunal|bed|place|hearing|it|that
  |calls?|phone|bags?|ones?)\b[^,.;]{0,30}\bbe $
OWN = \b(?P<who>i|we|us|me|they|he|she|staff|team|nurses?|someone|somebody|one|colleagues?|security|lads|you|u
  |tom|<name>)\b
ASKED = \b(when|if|as|because|once|until) (you|<they>|<name>|he|she)('d| would)? ?(ask|want|like|reach|offer
  |hold|say|nod|take)|<they> (ask|reach|offer|hold|nod)|\bwould (you|it)|\bdo you want|\bshall i|\bcan i
  |\bmay i|\bis it ok|\bis that ok|\bprefer|\basked (me|for|you)|\byour (say|choice)
AGREED = \b(if|when|whenever|once) (you|<they>)('d|'re| would| are| still)? ?(want|wanted|like|prefer|agree
  |happy|ready|say)|\bwould (you|it)|\b(is|if) (now|that|that's|it's) (ok|okay|all right|alright)|\bprefer\b
  |\bsuits? you|with your (ok|consent|agreement)|\bdo you (still )?want (your|to)|\bif <they> want|\b(you
  |<they>) asked for|\bagreed\b|(would|'d) you rather
THINGS = \b(shoes|bags?|cigarettes|fags|things|keys|glasses|trainers|tablets|meds|forms?|papers|curtains|boxes
  |biscuits|letters?|clothes|bits|slippers|headphones|photos|cards|crisps|vapes|doors?|blankets?|drinks|plates
  |cups|books|towels)\b[^.!?]{0,60}[.!?,]?[^.!?]*$

HURRIED = \b(gonna|going to|have to) $
LISTED = ,[^,]*\b(or|nor) (\w+ ){0,2}$
FAST = \s(down|behind|still|back|tight)
LONG_AGO = [^.;!?]{0,40}\b(last|yesterday|ago|before|on \w+day)\b
"""

# How the act's first word begins (a final $: the whole word) :: the act << what must stand just before it.
TABLE = r"""
@FORCE@ :: (@FORCE@)( (at|onto|on to|down|on|with|back|away|up|of|round|around))? @ALL@(?! (into (this|it
  |that)\b|through (this|it)\b|a (line|look|question|party|sideways)|off balance|by surprise|the (ball|keys)
  |your\b|some\b))
hold :: hold@S@( (onto|on to|down|back|tight|tightly|firmly|on tight to|still))? @ALL@(?! (to (that|it|this
  |account|your (word|promise))|up\b(?! (against|by|off))|in mind|responsible|accountable|in (hospital|high)
  |under (a |the )?(section|mental)|on a section|for \w+ hours\b))
hold :: hold of (@CORE@|@LIMB@)(?! (on the phone|by phone|at home|later))
hold :: holds?\b(?! (of|on|that|the|it|music|up|your|a|my|me|out|back|off)\b)(?!-) << @AS_HOLD@
grab :: grab(s|bing?)?( (at|onto|on to))? @ONE@(?! (an?|some|the|your|one|another|something|later|at|in (an?
  |five|ten|two|\d+)|for an?|tomorrow|first|after|his|her|<their>|that|those)\b)
carr :: carr(y|ies|ying?) @ALL@(?! (through|with)\b)
lift :: lift@S@ @ALL@
pull :: pull@S@( (at|on|back))? @ALL@(?! (aside|to one side|up on|over for|in for a)\b)
push press :: (push|press)(es|ing?)?( (at|on|back))? (?!you\b)@ALL@(?! (for\b|about|on\b|too\b|any|further
  |harder|to (?!the|your|<their>)))|(push|press)(es|ing?)? you (back|into|out|down|through|towards|against
  |onto|over|to the|in|off)\b
steer :: steer@S@ @ALL@(?! (wrong|clear|right|(away )?(from|to|off|onto) (the|that|another|a) (topic
  |subject)))
catch :: catch(es|ing?)? @LIMB@
twist :: twist@S@ (his|her|<their>|<name>'s) (arm|wrist)
forc :: forc(e|es|ing?) @ALL@
force$ :: force << \b(by|use|using|use of|reasonable|minimum|with|enough)( (sheer|reasonable|some|more
  |physical|the))? $
wrestl prise priz tear twist rip :: (wrestl|pri[sz]|tear|twist|rip)(e?s|p?ing?|e)? (\w+ ){1,3}?(out of|from
  |off) @LIMB@
clamped locked :: (clamped|locked) (on|round|around) (<their>|<them>|his|her|your|each|both)
so$ :: so (that )?(<they>|<name>|he|she|you|they) (can'?t|cannot) (move|spit|hit|kick|swing|lash out|bite
  |struggle|fight)
secur contain :: (secur|contain)(e?s|ing?|e)? (him|<them>|<name>|the patient)(?! (an?|some|the)\b)
mov shift :: (move|shift) @CORE@ << \bor (else )?(i|we|they)('?ll| will) $
remov :: remov(e|es|ing?) @WHOM@(?! from (the|your|that|this) (list|section|waiting|rota|group|register|chat
  |obs))
tak get hav got grab control secur :: (tak|get|hav|got|grab|control|secur)t?b?(e?s|ing?|e)?( (control
  |hold) of)? (@WHOSE@ |the |an? |one |left |right )(arms?|wrists?|legs?|head|ankles|feet|shoulders|hands?)\b
  (?<!a\shand)(?! (of the|pref\w+|count|start|cream|gel|looked|checked|seen|cleaned|dressed|bandaged|out|off
  |start|x-rayed|sorted))
put tak get bring hav stick chuck throw keep bang sling drop wrestl forc fling dump ::
  @MOVE@ @ALL@@GOES@ @PLACE@|@MOVE@ @ALL@( (down|flat|on <their>))* (face ?down|prone|supine)
put stick chuck throw shut bang sling lock :: (put|stick|chuck|throw|shut|bang|sling|lock)t?@S@ @ALL@@ROOM@
lock shut :: (lock|shut)t?@S@ (@WHOM@ (up|in|into|away)|the door on @WHOM@)
tak get bring keep hav put :: (tak|get|bring|keep|hav)t?(e?s|ing?|e)? @ALL@@DOWN@|putt?(s
  |ing)? (?!you)@ALL@@DOWN@
keep :: keep(s|ing)? (@WHOM@ (still|pinned)|(his|her|<their>|<name>'s) @BODY@ (down|still))
guid lead walk usher escort tak mov bring return :: @LEAD@ @ALL@[^.;!?]{0,50}?\b@BY_FORCE@
firmly forcibl physically :: (firmly|forcibly|physically) (\w+ )?(@LEAD@|remov\w+|stop\w*|mak\w+|prevent\w*
  |put\w*|interven\w+)\b
by$ :: by (the|an|one|each|both) (arms?|elbows?|wrists?|shoulders?|hands?|collar|scruff|neck|hair|waist|hood
  |sleeve|legs?|ankles|jacket)\b(?! of (the|a)\b)|by (<their>|his|her|your) (arms?|elbows?|wrists?|collar|hair
  |hood|sleeve)\b
arms hand finger fist :: arms ((tight|tightly|right|both) )?a?round @ALL@|(hands?|fingers
  |fist) (tight )?a?round @LIMB@|arms on(?=\s*([,.!;]|$)| (now|then|lads|@CORE@))
  |(hands?|fingers|fist) over (his|her|your|<their>|<name>'s) (wrists?|arms?|mouth|nose|face)\b
hands :: hands[\s-]+on\b(?=\s*([,.!;?]|$)| (now|then|team|approach|if|until|again|lads|guys|@WHOM@|(his|her
  |<their>|<name>'s) (arms?|wrists?|neck)))
lay$ lays lays laid finger :: (lays?|laying) (hands|a finger|your hands) on|finger on (you|him|her|<them>
  |<name>)
sit kneel lie$ lies lying jump leap pil stand top$ :: (sit|kneel|lie|ly|jump|leap|pil|stand)t?(e?s|ing?|e)?
  ( down| straight)? (on|onto|across|on top of) @ONE@|pil(e|es|ing) (in|on)\b|top of @CORE@
knee :: knees? (in|on|into|across) @LIMB@
floor deck rush :: (floor|deck|rush)(s|es|ing)? (him|<them>|<name>)(?! (to|into)\b)
get$ :: get (him|her|<them>|<name>)\s*(!|, (lads|guys|boys|quick|now|tom)\b)
mak :: mak(e|ing) (you|him|her|<them>)(?=\s*([.,!]|$)) << (will|'ll|can|have to|going to|gonna|well) $
restrain :: restrain@S@(?=\s*([.,!;?]|$)| (if|now|when|or|straight|again)\b)
arm :: arms?\b << \bone (of (us|you) )?(on|to|at) each $
arm :: arms? (through|under) (<theirs>|his|hers|yours|@LIMB@)
put tak get bring hav forc pull push :: @MOVE@ @LIMB@ (up )?behind
weight :: weight (to keep|on|to hold)\s
keep :: keep(s|ing)? @WHOM@ (on|in|against|to) the (chair|bed|floor|wall|ground|mattress)\b
pick :: pick(s|ing)? @WHOM@ up (and (?!drop)|by the|off|bodily)
floor deck ground :: (floor|deck|ground)\b(?! floor) << ((you|he|she|they|<they>|<name>)('?ll| will|'d) (be
  |end up|go)|(you're|youre|you are|he's|she's) going|wants? @CORE@|got @CORE@)( down)? (on|to)( the)? $
holding grabbing pulling :: (holding|grabbing|pulling) (<their>|<them>|his|her|your) << <them>[^.;]{0,40} by $
block :: block(s|ing)? and hold(s|ing)?
tie$ ties tying :: (tie|ties|tying) (@WHOM@ (down|up|to the)|(his|her|<their>|your) (hands|wrists|ankles
  |legs))
knock :: knock(s|ing)? @CORE@ out\b
hit$ hits hitting :: hit(s|ting)? (him|<them>|<name>)\b
restraint seclusion segregation sedation straps cuffs handcuffs headlock physical pmva mva$ spit ::
  (restraints?|seclusion|segregation|sedation|straps|(hand)?cuffs|headlock|physical( intervention)?|pmva|mva
  |spit hood)\b(?! (training|reduction|policy|form|health|course|review|check|activity|exercise|therap\w+
  |debrief|update|\w*ing)\b) << @AS_NOUN@
c&r c$ control pmva :: (pmva @CORE@|c\s*&\s*r|c and r|c n r|control and restraint)\b(?! (training|course
  |update|day|refresher))
head arm wrist bear nelson figure thumb :: ((head|arm|wrist|thumb)[ -]?lock|bear[ -]?hug|nelson
  |figure[ -]of[ -]four)\b
rapid rt$ :: rapid tran\w+
prone supine :: (prone|supine)\b(?! to\b)(?=\s*([.,!;]|$)| (restraint|position|hold|on|now))
injection depot needle acuphase jab$ im$ syringe clopixol :: (injections?|depot|needle|acuphase|jab
  |im(?! (goin|gettin|leavin|comin)\b)|syringe
  |clopixol)\b(?! (clinic|site|record|chart|appointment|training|day|room|is|was|not|going|sorry|just|here
  |gonna|in the)) << @AS_DOSE@
im$ :: im (loraz|halo|prometh|olanz|aripip|meds?\b|medication|drugs|acuphase|zuclo|injection)\w*
draw :: draw(s|ing)? up (\w+ ){0,4}?(loraz\w*|halo\w*|injection|acuphase|syringe|im|meds?|medication
  |olanzapine)\b
held restrained grabbed dragged pinned injected sedated secluded jabbed removed strapped cuffed
 handcuffed carried lifted frogmarched marched wrestled tackled manhandled forced overpowered taken
 put$ locked jumped :: (held\b(?! (responsible|to|up|on|in (high|mind|hospital)|under|at|accountable|over
  |liable)\b)|restrained|grabbed|dragged|pinned|injected|sedated|secluded|jabbed|removed(?! from (the
  |your) (list|section|group))|strapped|cuffed|handcuffed|carried(?! away)|lifted|frogmarched|marched|wrestled
  |tackled|manhandled|forced|overpowered|jumped on|(taken|put)(@GOES@ @PLACE@|@DOWN@)|locked (in
  |up))\b << @AS_DONE@
held grabbed gripped pinned dragged pushed pulled restrained seized shoved lifted carried took
 steered :: (held|grabbed|gripped|pinned|dragged|pushed|pulled|restrained|seized|shoved|lifted|carried|steered
  |took( hold of)?) (on to |onto |down )?@THIRD@(?![^.]*(last|yesterday|ago|before|earlier)) << @WAS_DONE@
restraining holding sedating secluding injecting :: (restraining|holding|sedating|secluding|injecting)\b << \b
  (needs?|wants?) $
"""
