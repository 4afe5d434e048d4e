"""English words that say little of what a question is about, and words that mean the same in talks about war and peace.

Whoever adds a process in another language loses nothing but these lists: there every word counts.
"""

from typing import Final


def listed(text: str) -> frozenset[str]:
    """Return the words of a list."""
    return frozenset(text.split())


# They say nothing of what a question is about.
STOPWORDS: Final = listed(
    """
    a an the this that these those some any each all both either neither such own same other another
    i me my mine we our ours you your yours he him his she her hers it its they them their theirs one ones
    myself himself herself itself themselves yourself ourselves
    am is are was were be been being do does did done doing have has had having
    can could will would shall should may might must ought
    of to in on at by for from with about as into onto upon over under between among through during per
    and or but nor if then so than too also very not no yes
    there here what which whose whom whats thats theres heres hows wheres whos lets im ive youre theyre hes shes
    dont doesnt didnt isnt arent wasnt werent cant couldnt wont wouldnt shouldnt hasnt havent hadnt
    out up down off away back again just only even still ever really quite rather
    wat wot u ur r n
    oh ah hey hi hello please pls plz thanks thank thx ok okay lol well um uh
    """
)

# They colour a question without being its subject: worth a little where a record has them, held against none.
QUESTION_WORDS: Final = listed("who when where why how whether")
GENERAL_WORDS: Final = listed(
    """
    tell say says said saying know knows knew known think thinks thought mean means meant meaning
    want wants wanted need needs needed like ask asks asked explain show shows give gives gave given
    get gets got getting go goes going gone went come comes came coming
    make makes made making take takes took taken taking
    put see look find try let happen happens happened happening
    thing things stuff something anything everything nothing someone anyone anybody somebody everybody people
    way kind sort lot lots bit much many more most less least few long often far now today currently yet already soon
    exactly actually basically simply really true sure info information detail details question answer
    first second last new good bad big small part case point side sides
    because since until while before after without within though although however
    """
)

# They begin a question that asks whether something is so: has come about, or may, can or must be.
DONE: Final = listed("did has have had was were didnt hasnt havent hadnt wasnt werent")
MODALS: Final = listed("can could will would shall should may might must cant couldnt wont wouldnt shouldnt")
# What is demanded, promised or hoped for has not come about by that.
WISHES: Final = listed("demand insist propose proposal promise hope possible want")
AUXILIARIES: Final = DONE | MODALS | listed("am is are do does isnt arent dont doesnt")
# They stand for parties that the question does not name.
PRONOUNS: Final = listed("they them their he him his she her")
# What gives a number, how many times, a duration, a day, a reason.
NUMBERS: Final = listed(
    """
    two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty sixty hundred thousand
    million
    """
)
ORDINALS: Final = listed("once twice thrice time times second third fourth fifth sixth seventh eighth ninth tenth")
DURATIONS: Final = listed("second seconds minute minutes hour hours day days week weeks month months year years")
TIMES: Final = listed(
    """
    january february march april may june july august september october november december
    monday tuesday wednesday thursday friday saturday sunday day date when soon immediately today tomorrow yesterday
    """
)
REASONS: Final = listed("because reason reasons cause causes")

# Words for one thing in this field. Each group is read as its first word.
_SAME: Final = """
    ceasefire truce armistice cessation
    talk negotiate negotiation dialogue
    speak spoke spoken
    call phone telephone conversation
    agree agreement deal accord pact
    stop halt suspend pause cease
    complete full total comprehensive
    attack strike bombardment shelling hit
    begin start commence
    end finish expire
    meeting summit
    accept support approve favour favor
    reject refuse oppose against
    demand insist
    condition precondition
    weapon arms weaponry
    deliver supply send
    energy power electricity
    sea maritime naval
    involve participate invite represent attend
    promise pledge vow
    outcome result
    president leader
"""
SAME_WORDS: Final = {word: line.split()[0] for line in _SAME.strip().splitlines() for word in line.split()}
