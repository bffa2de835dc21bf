"""English for coverage: irregular forms, words that tell nothing, and groups of words that mean the same in a pitch."""

_FORMS = """
buy bought; sell sold; tell told; say said; pay paid; keep kept; bring brought; give gave given; know knew known; go
went gone; come came; write wrote written; ring rang rung; meet met; lead led; grow grew grown; lose lost; take took
taken; think thought; find found; hold held; stand stood; understand understood; build built; send sent; spend
spent; leave left; feel felt; see saw seen; speak spoke spoken; begin began begun; choose chose chosen; get got
gotten; run ran; sit sat; deal dealt; mean meant; hear heard; show shown; draw drew drawn; fall fell fallen; break
broke broken; teach taught; catch caught; win won; make made; child children; woman women; man men; life lives; own
owned owner owners owning ownership; bid bidder bidders; settle settled settlement; sign signed signature signatures
signing; small smaller; early earlier; good better best; decide decided decision decisions deciding; solve solved
solution; lie lying lain lies; advise advice adviser advisers advisor advisors advising advised; account accountant
accountants accounting; specialise specialist specialists specialised specialty; free freely; law lawyer lawyers
laws legal; succeed succession successor successors; tax taxes taxation; audit auditor auditors auditing audits;
choice choices; price prices pricing priced; cost costs costing; serve served serves; register registered
registration; return returns; agree agreed agreement agreements agrees; carry carries carried carrying; worry
worries worried worrying; family families; company companies; country countries; party parties; rely relies relied
"""
IRREGULAR = {
    form: forms.split()[0]
    for forms in _FORMS.replace("\n", " ").split(";")
    if forms.split()
    for form in forms.split()[1:]
}

_NUMBERS = """
zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
eighteen nineteen twenty
"""
NUMBERS = {word: str(number) for number, word in enumerate(_NUMBERS.split())} | {
    "thirty": "30",
    "forty": "40",
    "fifty": "50",
    "sixty": "60",
    "twice": "2",
    "third": "3",
}

_SILENT = """
a an the this that these those there here it its itself he him his she her hers they them their theirs we us our
ours you your yours i me my mine who whom whose which what when where why how and or but nor so if then than because
as while though although until unless since of to in on at by for from with without into onto upon about over under
between through during off out up down again further once am is are was were be been being do does did doing done
have has had having will would shall should can could may might must ought not no yes very too also just only even
still already yet ever never always often sometimes perhaps maybe rather quite really well oh ah hm some any each
every all both few many much more most such own same other others another one ones 1 something anything nothing
everything somebody anybody nobody everybody someone anyone everyone let lets like s t re ve ll d m don doesn didn
isn aren wasn weren won wouldn couldn shouldn it's that's i'm i've i'd i'll we're we've we'd we'll you're you've
you'd you'll they're they've don't doesn't didn't isn't aren't wasn't weren't won't can't cannot couldn't wouldn't
shouldn't there's what's who's here's let's whatever whichever whenever wherever else besides
"""
SILENT = frozenset(_SILENT.split())
"""Words that hold a sentence together and tell nothing of what it says."""

GENERAL = """
come go get make take give say tell know think see look want need put keep way thing people person company firm business
client work help time day lot kind sort part place point good great big new long right able happen try use ask mean
start begin find call bit really actually matter team talk call put
"""
"""Words of nearly every pitch; they count a little."""

GROUPS = """
owner, proprietor, founder, shareholder, the people who run them, people who run it, owner led, entrepreneur
company, business, firm, enterprise, organisation
family, families, relatives, generation
accountant, bookkeeper, account
lawyer, law, solicitor, attorney, counsel, legal
tax, taxation, taxman
tax office, tax offices, revenue, tax authority, tax authorities
look after, take care, care for, serve, act for, work for, work with
partner, partners, lead adviser
answer, reply, respond, responsible, accountable, responsibility, take responsibility
one team, single team, under one roof, one roof, together, same table, one table, one place, joined up, all in one place
advise, advice, adviser, consult, guidance, consultant, advisory
finance, financial, figures, numbers, accounts
specialist, expert, expertise, specialism, specialise
carry, shuttle, ferry, run between, messenger, go between, pass on, pass along
paper, papers, document, documents, paperwork
whole, whole picture, full picture, big picture, overview, bigger picture, entire, overall
between tax and law, falls between, fall between, grey area, overlap, gap, cuts across, cut across, straddle
sort out, sorting it out, solve, resolve, untangle, fix
our job, our task, our problem, our responsibility, up to us, on us
once a year, every year, each year, yearly, annual, annually, per year, 12 months
hour, hours
charge, bill, invoice, fee, free, no charge, for free, cost nothing, no cost, without a bill, do not charge
coming, ahead, next year, year ahead, on the horizon, lies ahead, upcoming, in front of you
table, sit down, round a table, sit together
factory, manufacturer, plant, works
child, kids, sons, daughters, siblings, brothers, sisters, heirs
agree, deal, settlement, consensus, consent
borrow, loan, debt, lend, mortgage, credit
stay, remain, loyal, stick, with us, been with us, stuck with us
decade, ten years, 10 year
most, majority, six in ten, 6 in 10, sixty percent, 60 percent, more than half, bulk
recommend, refer, told them about us, word of mouth, referral, recommendation, pass our name, introduce, mentioned us
sale, sell, selling, exit, disposal
handover, hand over, succession, succeed, hand on, next generation, take over, retire, retirement, stop
sign, ink, commit, contract, put your name
before, early, beforehand, in advance, ahead of, prior
choice, option, options, choices, alternative, freedom
ring, call us, phone, pick up the phone, telephone, speak to us, come to us, get in touch, give us a call, talk to us
abroad, overseas, foreign, another country, other countries, international, across the border, cross border
branch, office, subsidiary, outlet
alongside, side by side, beside, next to, as well as, in addition, together with
happy, satisfied, content, pleased, glad, like
outside, beyond, special, unusual, out of the ordinary, once in a while, once in 10 years, one off, rare
small, little, tiny, size, scale, big enough, too big, large
turn down, decline, say no, refuse, reject, turn away
name, names, named
worry, concern, bother, afraid, fear, keep you awake, nervous
conflict, independence, independent, conflict of interest
rule, rules, regulation, regulator, strict
check, verify, examine, look into, test, review
openly, open, honest, honestly, transparent, straight, frankly, plainly
piece, pieces, puzzle, threads, strand
put together, bring together, join, pull together, piece together, coordinate, connect
afraid, fear, worry
buy, buyer, purchase, acquire, acquisition, purchaser
price, value, worth, valuation, offer, bid
decide, decision, choose, make up your mind
mend, repair, fix, put right, clean up, correct, tidy
list, inventory, checklist
week eight, late, last minute, eleventh hour, end of the process, late in the day, too late, nothing left
tired, exhausted, worn out
move, slip, slide, drop, come down, fall
buyer, bidder, acquirer, purchaser
software, tech, technology, it company
month, months
offer, bid, proposal
manager, managers, management, management team, managing
million, millions
once in a lifetime, only time in their lives, once in their life, only once, sell once, never done, first time, once
fix, fixed, flat, agreed up front, up front
third, one in three, a third, 33 percent
secret, confidential, nobody must hear, quiet, discreet, discreetly, privately, code name, nobody may know
finance team, finance department, in house, back office
return, returns, filing, filings, declaration
surprise, shock, unpleasant surprise, nasty surprise
online, internet, web, e commerce, webshop
shop, store, retailer, retail
goods, stock, inventory, products, merchandise
register, registered, sign up, enrol
settle, close, resolve, wrap up, agree
scheme, trick, loophole, clever, structure, wheeze, dodge
relief, allowance, exemption, incentive
write down, in writing, written, put in writing, documented, on paper
look at it, scrutiny, inspect, investigate, light of day
leave it alone, walk away, hands off, steer clear, don't touch, do not touch, keep away
letter, mail, post, correspondence
alone, by themselves, on their own, single handed, single person, one person
signature, sign, commitment
biggest, largest, most important, major
gift, give away, give something away, donate
move abroad, emigrate, relocate, leave the country
work out the amount, calculate, compute, add up, do the sums
decision, decide, choice
charge, price tag
need, require
help, support, assist
big, large, major, significant, important
know, familiar, understand
"""
"""Each line means one thing; its first word names it. A word belongs to the first line that has it."""
