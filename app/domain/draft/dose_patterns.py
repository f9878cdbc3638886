"""The patterns by which amounts, holds, rests and sides are found in a written line."""

import re

CUT = "\ue002"
"""Stands where something was taken out."""
OPEN, CLOSE = "\ue000", "\ue001"

NUM = r"[0-9]{1,6}(?:\.[0-9]{1,2})?"
TIME_UNIT = r"(?:seconds?|secs?\.?|s\b\.?|\"|minutes?|mins?\.?|'(?![a-z])|hours?|hrs?|h\b)"
UNITS = {
    "T": TIME_UNIT,
    "B": r"(?:(?:deep|slow|full|big|long|calm|belly|easy)[ ,]+){0,2}(?:breaths?|breathes|breath cycles?)\b",
    "R": r"(?:(?:slow|controlled|full|good|total)[ ,]+){0,2}(?:repetitions?|reps?\b\.?|repeats)",
    "S": r"(?:(?:more|working|total)\s)?(?:sets?\b|rounds?\b|series\b|circuits\b)",
    "K": r"times?\b",
}
UNIT = "|".join(f"(?P<{kind}>{pattern})" for kind, pattern in UNITS.items())
TO = r"\s*(?:-|to|or|up to|\.\.+)\s*"
BEFORE = r"(?<![0-9.,:\-a-z\ue000-\ue0ff])"
AFTER = (
    r"(?![0-9]|[.,:][0-9]|\s?(?:kgs?|lbs?|%|cm|mm|km|kilos?|metres?|meters?|m\b|°|deg|am\b|pm\b))"
)

CLOCK = re.compile(
    rf"{BEFORE}(?<!at )([0-9]{{1,2}}):([0-9]{{2}})(?::([0-9]{{2}}))?(?![0-9:.])(?!\s?[ap]\.?m)"
    rf"(?:\s?(?:minutes?|mins?|m)\b)?",
    re.IGNORECASE,
)
MIN_SEC = re.compile(
    rf"{BEFORE}({NUM})\s?(?:minutes?|mins?|m|')(?:\s|and|&)*([0-9]{{1,2}})(?:\s?(?:seconds?|secs?|s|\")(?![a-z])|(?!\s*[0-9x/.:-])(?=\s|$|,|;|\)))",
    re.IGNORECASE,
)
RANGE = re.compile(
    rf"{BEFORE}(?P<low>{NUM})\s?(?P<low_unit>{TIME_UNIT}|reps?|sets?)?{TO}(?P<high>{NUM})"
    rf"(?![0-9.]|-[0-9])(?:\s?-?\s?(?:{UNIT}))?(?![a-z])",
    re.IGNORECASE,
)
ONE = re.compile(
    rf"{BEFORE}(?P<low>{NUM})(?![0-9]|[.,:][0-9])\s?-?\s?(?:{UNIT})(?![a-z])", re.IGNORECASE
)
BARE_RANGE = re.compile(rf"{BEFORE}(?P<low>{NUM}){TO}(?P<high>{NUM})(?!-){AFTER}", re.IGNORECASE)
BARE = re.compile(rf"{BEFORE}(?P<low>[0-9]{{1,6}}){AFTER}(?![a-z])", re.IGNORECASE)
SHORT_MINUTE = re.compile(rf"{BEFORE}([0-9]{{1,2}})m(?![a-z0-9])")

MS = {"s": 1_000, '"': 1_000, "m": 60_000, "'": 60_000, "h": 3_600_000}
KEPT = re.compile(
    r"(?:(?:@|at|with|using|,)?\s*(?:[0-9]+\s*x\s*)?[0-9]+(?:[.,][0-9]+)?(?:-[0-9]+)?\s?(?:kgs?|kilos?|lbs?|pounds?|%)(?![a-z])"
    r"(?:\s(?:weights?|dumbbells?|db|kettlebells?|each hand))?)"
    r"|(?:\bRPE\s?:?\s?[0-9]+(?:[-/][0-9]+)?)"
    r"|(?:\b(?:pain|effort|intensity)\s(?:[<>]\s?|under |below |less than |up to |max )?[0-9]+(?:-[0-9]+)?\s?/\s?10)",
    re.IGNORECASE,
)
TOTAL = re.compile(
    rf"\b(?:in total|altogether|all together|overall)\b|(?<={CLOSE}  )total\b"
    r"|\btotal\b(?!\s+[a-z])|\btotal(?= (?:of|for|time|over|per|on|each|every|both|hold)\b)",
    re.IGNORECASE,
)
"""Not the first word of a name, as in "Total body stretch 30 s"."""
DISTANCE = re.compile(
    r"(?<![0-9.a-z])[0-9]+(?:\.[0-9]+)?(?:-[0-9]+)?\s?(?:m|km|k|metres?|meters?|yards?|yds?|laps?|lengths?|miles?|steps|cm|inch(?:es)?)\b",
    re.IGNORECASE,
)
TEMPO = re.compile(
    r"(?:\(?\btempo\b:?\s*)?[0-9]\s?[-:/]\s?[0-9]\s?[-:/]\s?[0-9](?:\s?[-:/]\s?[0-9])?(?:\s*tempo)?",
    re.IGNORECASE,
)

PERIOD = r"(?:days?|d\b|weeks?|wks?|wk|w\b|months?|hours?|hrs?|hourly|mornings?|evenings?|nights?|session)"
FREQUENCIES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?:do |perform |repeat |aim for |at least |about |ideally )*\b[0-9]+(?:\s?(?:-|to|or)\s?[0-9]+)?\s?(?:x|times?|sessions?)?\s?(?:/|per|an?\b|each|every|in a|in the|out of the)\s?{PERIOD}",
        r"\b[0-9]+(?:\s?(?:-|to|or)\s?[0-9]+)?\s?(?:x|times)\s?(?:daily|weekly|day\b|week\b|wk\b|d\b)",
        r"\bx\s?[0-9](?:\s?-\s?[0-9])?\s?(?:daily|weekly|(?:/|per|a|each|every)\s?(?:days?|weeks?|wk|d)\b)",
        r"\b[0-9]\s?(?:-|to|or)?\s?[0-9]?\s?days?\s?(?:/|per|a|each|out of)\s?(?:week|wk|7)",
        rf"\b(?:do |perform )?(?:every|each) (?:other |second |[0-9]+(?:-[0-9]+)? ?|waking |single |few )?{PERIOD}(?: and (?:morning|evening|night))?",
        r"\b(?:once|twice|[0-9] times?)[ -](?:daily|weekly)\b",
        r"\b(?:daily|weekly|nightly|hourly|everyday|alternate days|bid|b\.i\.d\.?|tid|t\.i\.d\.?|qds|tds|bd)(?![a-z])",
        r"\b(?:in the |first thing in the )?(?:mornings?|am)(?: ?(?:and|&|\+|/) ?)(?:in the )?(?:evenings?|nights?|pm)\b",
        r"\b(?:first thing )?in the (?:morning|evening|afternoon)s?\b|\bat night\b|\bbefore bed(?:time)?\b|\b(?:before|after) (?:each|every) (?:run|session|training|workout|meal)s?\b",
        r"\b(?:mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?s?(?:(?:\s?[,/&+]\s?|\s?and\s|\s)(?:mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?s?)+\b",
        r"\bfor [0-9]+(?:-[0-9]+)? (?:weeks|days|months)\b",
    )
)


def atom_of(kinds: str) -> str:
    return rf"{OPEN}([{kinds}])([0-9]+){CLOSE}"


HOLD_WORDS = (
    r"(?:\s|it\b|this\b|each\b|for\b|of\b|the\b|that\b|position\b|stretch\b|pose\b|there\b|still\b|at\b|top\b"
    r"|end\b|a\b|count\b|about\b|around\b|approx\b|in\b|time\b|one\b|=|:|-|~|\(|up\b|here\b|them\b|steady\b|contraction\b|squeeze\b)*"
)
HOLD_FIRST = re.compile(
    rf"(?:(?:and|then|with|,)\s+)*(?:a\s)?(?:\bh(?:o|oo)ld(?:s|ing)?\b|\bsqueeze\b(?= (?:for|{OPEN}))|\bpause\b(?=[^{OPEN}]*{OPEN}[TN][0-9]+{CLOSE}\s*(?:at|in) (?:the )?(?:top|end|bottom))|\bpause at (?:the )?(?:top|end|bottom)\b){HOLD_WORDS}{atom_of('TNB')}(?!\s*x\s*(?:\(\s*)?{OPEN}[TB])"
    r"(?:\s*(?:at|in) (?:the )?(?:top|end|bottom)(?: (?:position|of (?:the )?(?:movement|rep)))?)?",
    re.IGNORECASE,
)
HOLD_LAST = re.compile(
    rf"(?:(?:with|and|then)\s+)?(?:(?:a|an)\s)?{atom_of('TNB')}\s*-?\s*(?:count\s*)?(?:isometric |static |top |end[- ]range )?(?:hold(?:s|ing)?\b|iso(?:metric)?s?\b|squeezes?\b|pauses?\b(?= (?:at|in) ))"
    r"(?:\s*(?:at|in) (?:the )?(?:top|end|bottom)(?: (?:position|of (?:the )?(?:movement|rep)))?)?(?:\s+(?:on )?each rep\b| per rep\b)?",
    re.IGNORECASE,
)
REST_WORDS = (
    r"(?:\s|for\b|of\b|is\b|between\b|in\b|each\b|every\b|all\b|sets?\b|reps?\b|sides?\b|rounds?\b|exercises?\b|one\b"
    r"|the\b|a\b|an\b|time\b|period\b|interval\b|about\b|after\b|up\b|to\b|then\b|=|:|-|\(|~)*"
)
BETWEEN = r"(?:\s*,?\s*(?:in\s?)?(?:between|after|btw|b/w)(?: (?:each|every|the|all))?(?: (?:sets?|reps?|sides?|rounds?|legs?|exercises?|stretch(?:es)?|one|them))?)"
REST_FIRST = re.compile(
    rf"(?:(?:and|then|with|,)\s+)*(?:a\s)?\b(?:rest(?:s|ing)?|break|recover|recovery|relax(?: for)?|pause between)\b{REST_WORDS}{atom_of('TN')}{BETWEEN}?(?:\s*off\b)?",
    re.IGNORECASE,
)
REST_LAST = re.compile(
    rf"(?:(?:with|and|then)\s+)?(?:(?:a|an)\s)?{atom_of('TN')}\s*-?\s*(?:of\s)?(?:(?:rest(?:ing)?(?: periods?)?|breaks?|recovery|recover|off|relax|pause|gap)\b{BETWEEN}?|{BETWEEN[:-1]}))",
    re.IGNORECASE,
)
ON = re.compile(
    rf"({atom_of('TN')})\s*(?:on|work)\b(?! (?:each|the|every|both|left|right|side))",
    re.IGNORECASE,
)

LIMB = r"(?:sides?|legs?|arms?|foot|feet|knees?|hips?|hands?|ankles?|limbs?|calf|calves|thighs?|shoulders?|s\b)"
EACH_SIDE = re.compile(
    rf"(?:\(\s*)?(?:(?:on|for|to|with|using)\s+)?(?:\beach\b|\bevery\b|\bper\b|\bea\b\.?|\be/|\bp/|(?<![a-z])/\s?|\ba (?=(?:side|leg|arm|foot)\b))\s*(?:of the\s)?{LIMB}(?![a-z])(?:\s*\))?",
    re.IGNORECASE,
)
LEFT_RIGHT = re.compile(
    r"(?:\b(?:on|for|the)\s+)*\(?\b(?:(?:left|lt|l)\s*(?:side|leg)?\s*(?:\+|&|/|,|\band\b|\bthen\b|\bor\b)\s*(?:the\s)?(?:right|rt|r)|(?:right|rt|r)\s*(?:side|leg)?\s*(?:\+|&|/|,|\band\b|\bthen\b)\s*(?:the\s)?(?:left|lt|l))(?![a-z])\s*(?:sides?|legs?|arms?)?\)?",
    re.IGNORECASE,
)
OTHER_SIDE = re.compile(
    r"(?:(?:and|then|,)\s+)*(?:(?:repeat|swap|switch|change|do|same)\s+)(?:to\s|on\s|for\s|with\s|the\s|it\s|your\s|same\s)*(?:(?:other|opposite|second)\s*(?:side|leg|arm|foot)?|sides|legs|over)\b"
    r"|(?:(?:and|then|,)\s+)+(?:the\s)?(?:other|opposite) (?:side|leg|arm|foot)\b",
    re.IGNORECASE,
)
BOTH_SIDES = re.compile(
    rf"(?:\(\s*)?(?:\b(?:on|for|with)\s+)?\bboth\s+(sides|{LIMB})(?![a-z])(?:\s*\))?",
    re.IGNORECASE,
)
EACH_AFTER = re.compile(
    rf"({OPEN}[A-Z][0-9]+{CLOSE})\s*(?:\(\s*)?(?:\beach\b|\bea\b\.?|\be\b(?![/a-z]))(?:\s*\))?(?!\s*(?:way|direction|rep|set|time|exercise|stretch|position|day|hand|one\b))",
    re.IGNORECASE,
)
BOTH_AFTER = re.compile(rf"({OPEN}[A-Z][0-9]+{CLOSE})\s*(?:on\s)?both\b(?! \w)", re.IGNORECASE)
ONE_SIDE = re.compile(
    r"(?:\(\s*)?(?:\b(?:on|for|the|your)\s+)*\b(left|right|lt|rt)\b(?:[- ](?:side|leg|arm|foot|knee|hip|calf)\b)?(?:[- ](?:side\b)?)?(?:\s*only\b)?(?:\s*\))?",
    re.IGNORECASE,
)
LETTER_SIDE = re.compile(
    r"(?:\(\s*([LRlr])\s*\))|(?<![A-Za-z0-9+/&'-])([LR])(?![A-Za-z0-9+/&'.-])(?:\s+(?:side|leg|only)\b)?"
)
SORE_SIDE = re.compile(
    r"\b(?:on |the |your )*(?:un)?(?:affected|sore|bad|weak(?:er)?|injured|operated|stiff(?:er)?|tight(?:er)?|painful|strong(?:er)?|good)[- ](?:side|leg|arm|hip|foot|knee)\b(?:\s*only)?|\bone side only\b",
    re.IGNORECASE,
)
WAYS = re.compile(
    r"(?:\b(?:in|to)\s)?(?:\b(?:each|every|per|both)\s?|/)(?:ways?|directions?)\b|\bclockwise\b|\bforwards? (?:and|&|/|then) backwards?\b",
    re.IGNORECASE,
)
FIRST_SIDE = re.compile(
    r"\b(?:left|right)(?: (?:side|leg|arm))? first\b"
    r"|\b(?:start|begin)(?:ning|ing)? (?:with|on) (?:the |your )?(?:left|right)(?: (?:side|leg|arm))?\b",
    re.IGNORECASE,
)
NOT_THAT_SIDE = re.compile(r"\b(?:not|except|avoid|skip|without)\b", re.IGNORECASE)
TAKING_TURNS = re.compile(
    r"\b(?:alternating|alternate|alt)\b\.?(?:\s+(?:sides?|legs?|arms?))?", re.IGNORECASE
)
PAIR = re.compile(
    rf"{atom_of('TRN')}\s*[/|]\s*{atom_of('TRN')}(?!\s*[/|]?\s*{OPEN})", re.IGNORECASE
)
SIDED_PAIR = re.compile(
    rf"(?:\b(left|right|l|r)\b\s*:?\s*{atom_of('TRN')}|{atom_of('TRN')}\s*(left|right|l|r)\b)(?:\s*[,/&+]|\s+and|\s+then|\s)\s*(?:\b(left|right|l|r)\b\s*:?\s*{atom_of('TRN')}|{atom_of('TRN')}\s*(left|right|l|r)\b)",
    re.IGNORECASE,
)
OPEN_ENDED = re.compile(
    r"(?:\b(?:for|as|hold|x|to|until|till|max(?:imum)?)\s+)*(?:\b(?:until|till|til|to|'til)\s+(?:you(?:'re| are)?\s|the muscles?\s|it\s|they\s|muscles?\s|near\s)?(?:get\s|feel\s|is\s|are\s)?(?:tired|fatigued?|failure|failing|tires?|exhausted|exhaustion|burns?|burning|done|comfortable|shaking|you shake|loose|relaxed|you cannot|you can't(?: any ?more)?)\b"
    r"|\bAMRAP\b|\bamap\b|\bas (?:many|long) (?:reps |repetitions )?as (?:possible|you can|able|comfortable|needed|you like)\b"
    r"|\bmax(?:imum)?\s(?:hold|reps|repetitions|effort|time)\b|\bmax\b(?!\w)|\b(?:reps? )?to failure\b|\bas needed\b)",
    re.IGNORECASE,
)
TAKEN = re.compile(
    rf"(?:(?:\b(?:do|perform|complete|repeat(?:ed|ing)?|for|of|aim for|about|approx(?:imately)?\.?|around|at least|up to|roughly|then|and|go|over|this|it|these|each|the exercise|all)|[~@(=:+]|\bx\b|-)\s*)*{OPEN}([A-Z])([0-9]+){CLOSE}(?:\s*\+(?=\s|$))?(?:\s*(?:\bx\b|\bof\b|\bfor\b|\bat\b|\))(?![a-z]))*",
    re.IGNORECASE,
)

# Most lines have none of what most patterns look for: these tell where to look at all.
DIGIT = re.compile(r"[0-9]")
PERIOD_HINT = re.compile(
    r"day|dai|week|wk|month|hour|hr|morning|evening|night|afternoon|session|bed|run|training|workout"
    r"|meal|mon|tue|wed|thu|fri|sat|sun|[bt]\.?i\.?d|qds|tds|\bbd|\b[ap]m\b|/\s?[dw]\b|\ba [dw]\b|per [dw]\b",
    re.IGNORECASE,
)
HOLD_HINT = re.compile(r"h(?:o|oo)ld|iso|squeeze|pause", re.IGNORECASE)
REST_HINT = re.compile(
    r"rest|break|recover|relax|pause|between|off|gap|after|btw|b/w|\bon\b|work", re.IGNORECASE
)
SIDE_HINT = re.compile(
    r"each|every|\bper\b|\bea?\b|/|both|left|right|other|opposite|sides|legs|over|ways?\b|direct|clock"
    r"|forward|side|leg|\balt|\b[lr]t?\b|\ba (?:arm|foot)",
    re.IGNORECASE,
)
