"""What people in the field call the same thing, so that either finds the other. Forms of one word need no line."""

from collections.abc import Mapping, Sequence
from functools import cache

from portal.words import STOP, stem, words_of

GROUPS = """
vat, indirect tax, value added tax, sales tax, gst, mwst, mehrwertsteuer, umsatzsteuer, tva
e-invoice, electronic invoice, e-invoicing mandate, digital invoice, e-rechnung, facturation electronique
m&a, merger, acquisition, deal, transaction, takeover, buyout, company sale, unternehmenskauf, fusion
sale, exit, disposal, divestment, unternehmensverkauf
buy, purchase, purchaser, acquire, acquirer
due diligence, vendor due diligence, data room, prüfung vor kauf
succession, successor, handover, hand over, next generation, nachfolge, unternehmensnachfolge, transmission, retire
inheritance, estate, heir, inherit, last will, erbschaft, erbe, heritage
restructuring, turnaround, insolvency, distress, insolvenz, sanierung, rescue
covenant, bank, lender, loan, credit
family business, family firm, family company, owner managed, mittelstand, familienunternehmen, entreprise familiale
founder, owner, shareholder, proprietor, entrepreneur, inhaber
payroll, wages, salary, lohn, gehalt, lohnbuchhaltung
audit, auditor, annual accounts, wirtschaftsprüfung, abschlussprüfung
tax audit, tax inspection, tax inspector, betriebsprüfung, steuerprüfung, controle fiscal
transfer pricing, intercompany pricing, verrechnungspreise, prix de transfert
penalty, fine, surcharge, interest on tax
tax office, tax authority, revenue, taxman, finanzamt, fisc
research and development, r&d, innovation relief, r&d credit, forschungszulage
employment, labour, labor, hr, workforce, employee, arbeitsrecht, droit du travail
dismissal, redundancy, layoff, termination, kündigung, licenciement
real estate, property, immobilie, immobilier, premises
lease, rent, tenancy, tenant, landlord
shipping, freight, logistics, haulage, transport, haulier, trucking, spedition
webshop, online shop, online retailer, e-commerce, ecommerce, sells online
retail, retailer, shop, store, handel
manufacturing, manufacturer, factory, plant, production, maschinenbau
software, saas, tech, technology, it company
healthcare, health, hospital, clinic, medical practice, doctor, pharma, life sciences
energy, utility, power, renewables, solar, wind
construction, builder, building contractor, bau
charity, nonprofit, non profit, foundation, third sector, ngo
startup, start up, scaleup, scale up, young company
fee, price, cost, expensive, rate, pricing, hourly rate, honorar, budget
too expensive, cheaper, lower fee, fees too high, price too high, cost too much, too dear, fee objection, discount
too small, too little, size, not big enough, big four, larger firm, boutique
happy adviser, happy accountant, already adviser, adviser already, current adviser, incumbent, existing adviser
objection, pushback, concern, worry, einwand
competitor, rival, competition, konkurrenz, wettbewerber
case study, success story, reference, example, track record, credential, fallstudie, referenz, etude de cas
template, sample, draft, boilerplate, vorlage, modele, wording
checklist, list of questions, preparation list
slide, deck, powerpoint, presentation, pptx, präsentation
one-pager, onepager, fact sheet, leaflet, flyer, handout
pitch, elevator pitch, opener, value proposition, what we do
introduction, introduce, intro, referral, refer, recommend, recommendation, warm introduction, empfehlung
cross-selling, cross-sell, cross selling, another service, other practices, second service
first meeting, first call, first conversation, initial meeting, erstgespraech, discovery call, premier rendez-vous
meeting, appointment, call, conversation
follow-up, follow up, after the meeting, thank you note, nachfassen
email, e-mail, mail, message, letter
client, customer, mandant, account
linkedin, social media, post
trade body, association, chamber, verband
conference, event, seminar, breakfast, webinar
newsletter, mailing, bulletin
sustainability, esg, csrd, climate, carbon, nachhaltigkeit
cyber, security, data breach, ransomware, hacker, phishing
data protection, privacy, gdpr, dsgvo, rgpd
customs, tariff, duty, zoll, douane, import, export
compliance, regulation, regulatory, regulator, rules
whistleblowing, whistleblower, speak up, hinweisgeber
ai, artificial intelligence, machine learning, chatbot, chat assistant, chatgpt, copilot, ki
outsourcing, outsourced, managed service
valuation, value, worth, price of a company, bewertung, multiple
cash flow, liquidity, working capital, cash
board, director, supervisory board, advisory board, verwaltungsrat, beirat
general counsel, in-house lawyer, legal department, syndikus
cfo, finance director, head of finance, finance manager, finanzleiter, controller
ceo, managing director, geschäftsführer
dispute, litigation, lawsuit, court, arbitration, mediation, claim, streit
contract, agreement, terms, vertrag
tender, proposal, rfp, bid, ausschreibung, offer
deadline, due date, time limit, date, frist
withholding tax, quellensteuer
permanent establishment, betriebsstätte, branch abroad
expatriate, expat, secondment, posted worker, entsendung, global mobility
pension, retirement, old age provision, rente
grant, subsidy, funding, förderung
lost, did not work, failed, failure, mistake, went wrong, what did not work
testimonial, quote, client says
stock, inventory, warehouse, goods, fulfilment
register, registration, registered
advise, adviser, advice, advisory, consultant, consulting
win, won, winning
quick, fast, soon, short notice, urgent
"""
"""Each line means one thing; a phrase counts when its words stand side by side in the question."""

FORMS = """
sell, sold, sale, seller
buy, bought, buyer
pay, paid, payment
meet, met, meeting
lose, lost, loss
choose, chose, chosen, choice
grow, grew, growth
tell, told
write, wrote, written
win, won
lend, lent, lender, loan
hire, hired, hiring
advise, advice, adviser, advisory
introduce, introduction, intro
register, registration
employ, employee, employer, employment
insolvent, insolvency
value, valuation
dismiss, dismissal
compete, competitor, competition
confidential, confidentiality
comply, compliance, compliant
"""
"""Forms of one word that its ending does not tell."""

Phrase = tuple[str, ...]
SURE, SAME = 0.9, 0.5
"""What a form of the same word counts, and what another word for the same thing, beside the one asked for."""


@cache
def groups() -> tuple[Mapping[Phrase, Mapping[Phrase, float]], int]:
    """By phrase of stems: all that mean the same, with how surely they do; and how many words the longest has."""
    found: dict[Phrase, dict[Phrase, float]] = {}
    for lines, surely in ((FORMS, SURE), (GROUPS, SAME)):
        for line in lines.strip().splitlines():
            phrases = [phrase for phrase in dict.fromkeys(map(_phrase, line.split(","))) if phrase]
            for phrase in phrases:
                same = found.setdefault(phrase, {})
                for other in phrases:
                    if other != phrase:
                        same.setdefault(other, surely)
    return found, max(map(len, found))


def _phrase(form: str) -> Phrase:
    return tuple(stem(word) for word in words_of(form) if word not in STOP)


def same_as(stems: Sequence[str]) -> Mapping[Phrase, float]:
    """What means the same as these words, as stems, with what it counts beside them."""
    return groups()[0].get(tuple(stems), {})


@cache
def vocabulary() -> frozenset[str]:
    """Every stem in the groups: a word that is known, whether or not some item has it."""
    return frozenset(term for phrase in groups()[0] for term in phrase)
