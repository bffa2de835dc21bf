"""What people in the field call the same thing, so that either finds the other. Forms of one word need no line."""

from collections.abc import Mapping, Sequence
from functools import cache

from portal.words import STOP, stem, words_of

GROUPS = """
vat, indirect tax, value added tax, sales tax, gst, mwst, mehrwertsteuer, umsatzsteuer, tva
e-invoice, electronic invoice, e-invoicing mandate, digital invoice, e-rechnung, facturation electronique,
elektronische rechnung, zugferd, xrechnung, factur-x, peppol
m&a, merger, acquisition, deal, transaction, takeover, buyout, company sale, unternehmenskauf, fusion, uebernahme,
rachat
sale, exit, disposal, divestment, unternehmensverkauf, verkauf, verkaufen, firmenverkauf, vente, vendre, cession
buy, purchase, purchaser, acquire, acquirer, kauf, kaufen, firmenkauf, achat, acheter
due diligence, vendor due diligence, data room, prüfung vor kauf
succession, successor, handover, hand over, next generation, nachfolge, unternehmensnachfolge, transmission, retire,
uebergabe, generationswechsel
inheritance, estate, heir, inherit, last will, erbschaft, erbe, heritage, testament, bequeath
restructuring, turnaround, insolvency, distress, insolvenz, sanierung, rescue, bankrupt, bankruptcy, out of cash,
out of money, run out of money, pleite, konkurs, krise, faillite
covenant, bank, lender, loan, credit, banker, loan officer, kredit, darlehen, hausbank, banque, emprunt
family business, family firm, family company, owner managed, mittelstand, familienunternehmen, entreprise familiale
founder, owner, shareholder, proprietor, entrepreneur, inhaber, gesellschafter, gruender, actionnaire
payroll, wages, salary, lohn, gehalt, lohnbuchhaltung, pay slip, remuneration, salaire, paie
audit, auditor, annual accounts, wirtschaftsprüfung, abschlussprüfung
tax audit, tax inspection, tax inspector, betriebsprüfung, steuerprüfung, controle fiscal
transfer pricing, intercompany pricing, verrechnungspreise, prix de transfert
penalty, fine, surcharge, interest on tax, bussgeld, strafe, amende
tax office, tax authority, revenue, taxman, finanzamt, fisc, fiscal authority, revenue service
research and development, r&d, innovation relief, r&d credit, forschungszulage
employment, labour, labor, hr, workforce, employee, arbeitsrecht, droit du travail, mitarbeiter, salarie
dismissal, redundancy, layoff, termination, kündigung, licenciement, sack, sacked, fired, let go, lay off, severance,
notice period, entlassung, rauswurf
real estate, property, immobilie, immobilier, premises
lease, rent, tenancy, tenant, landlord, miete, mietvertrag, loyer, break clause, service charge
shipping, freight, logistics, haulage, transport, haulier, trucking, spedition
webshop, online shop, online retailer, e-commerce, ecommerce, sells online, online seller, online sales, marketplace,
marketplace seller, amazon, ebay, etsy
retail, retailer, shop, store, handel, laden, magasin
manufacturing, manufacturer, factory, plant, production, maschinenbau, workshop, fabrik, werk, usine
software, saas, tech, technology, it company
healthcare, health, hospital, clinic, medical practice, doctor, pharma, life sciences, physician, dentist, dental,
dentistry, pharmacy, pharmacist, vet, laboratory, arzt, zahnarzt, arztpraxis, krankenhaus, klinik, medecin, dentiste,
hopital, pharmacie
energy, utility, power, renewables, solar, wind
construction, builder, building contractor, bau
charity, nonprofit, non profit, foundation, third sector, ngo, museum, theatre, verein, stiftung
startup, start up, scaleup, scale up, young company
fee, price, cost, expensive, rate, pricing, hourly rate, honorar, budget, preis, kosten, prix, tarif, honoraires
too expensive, cheaper, lower fee, fees too high, price too high, cost too much, too dear, fee objection, discount,
rebate, price reduction, reduce the fee, zu teuer, rabatt, trop cher
too small, too little, size, not big enough, big four, larger firm, boutique
happy adviser, happy accountant, already adviser, adviser already, current adviser, incumbent, existing adviser,
happy with accountant, steuerberater schon
objection, pushback, concern, worry, einwand, rebuttal
competitor, rival, competition, konkurrenz, wettbewerber
case study, success story, reference, example, track record, credential, fallstudie, referenz, etude de cas
template, sample, draft, boilerplate, vorlage, modele, wording
checklist, list of questions, preparation list
slide, deck, powerpoint, presentation, pptx, präsentation, folien, diapositive
one-pager, onepager, fact sheet, leaflet, flyer, handout, brochure, factsheet, prospekt, depliant
pitch, elevator pitch, opener, value proposition, what we do
introduction, introduce, intro, referral, refer, recommend, recommendation, warm introduction, empfehlung
cross-selling, cross-sell, cross selling, another service, other practices, second service
first meeting, first call, first conversation, initial meeting, erstgespraech, discovery call, premier rendez-vous
meeting, appointment, call, conversation
follow-up, follow up, after the meeting, thank you note, nachfassen
email, e-mail, mail, message, letter, courriel
client, customer, mandant, account
linkedin, social media, post
trade body, association, chamber, verband
conference, event, seminar, breakfast, webinar, trade fair, trade show, exhibition, networking event, messe, salon
newsletter, mailing, bulletin
sustainability, esg, csrd, climate, carbon, nachhaltigkeit, co2, emission, footprint, carbon footprint,
greenhouse gas, supply chain act, lieferkette, durabilite
cyber, security, data breach, ransomware, hacker, phishing
data protection, privacy, gdpr, dsgvo, rgpd
customs, tariff, duty, zoll, douane, import, export, einfuhr, ausfuhr
compliance, regulation, regulatory, regulator, rules, vorschrift, reglement
whistleblowing, whistleblower, speak up, hinweisgeber
ai, artificial intelligence, machine learning, chatbot, chat assistant, chatgpt, copilot, ki
outsourcing, outsourced, managed service
valuation, value, worth, price of a company, bewertung, multiple
cash flow, liquidity, working capital, cash, short of cash, out of cash, out of money, run out of money, liquiditaet,
tresorerie, geld
board, director, supervisory board, advisory board, verwaltungsrat, beirat
general counsel, in-house lawyer, legal department, syndikus
cfo, finance director, head of finance, finance manager, finanzleiter, controller
ceo, managing director, geschäftsführer
dispute, litigation, lawsuit, court, arbitration, mediation, claim, streit
contract, agreement, terms, vertrag, vertrag, contrat
tender, proposal, rfp, bid, ausschreibung, offer
deadline, due date, time limit, date, frist
withholding tax, quellensteuer
permanent establishment, betriebsstätte, branch abroad
expatriate, expat, secondment, posted worker, entsendung, global mobility
pension, retirement, old age provision, rente
grant, subsidy, funding, förderung
lost, did not work, failed, failure, mistake, went wrong, what did not work, flop, backfired, lessons learned,
lesson learned, post mortem
testimonial, quote, client says
stock, inventory, warehouse, goods, fulfilment
register, registration, registered
brother, sister, sibling, son, daughter, geschwister, kinder, frere, enfant
spouse, wife, husband, married couple, ehepartner, conjoint
care home, nursing home, retirement home, old people home, old peoples home, old age home, elderly care, pflegeheim,
altenheim, maison de retraite
fraud, theft, embezzlement, scam, swindle, forgery, false invoice, fake invoice, ceo fraud, betrug, fraude,
internal control
internal control, four eyes, segregation of duties, kontrolle, controle interne
questionnaire, survey, fragebogen, formulaire
small talk, ice breaker, icebreaker, break the ice, opening question, start a conversation, open a conversation,
conversation starter, first five minute
inhouse, in house team, inhouse team, own team, do ourselves, do it ourselves, do that ourselves
independence, conflict of interest, impartiality, unabhaengigkeit
confidentiality agreement, nda, non disclosure, secrecy, verschwiegenheit, verschwiegenheitspflicht
letter of intent, loi, term sheet, memorandum of understanding, absichtserklaerung
photo, photograph, portrait, headshot, foto
profile, biography, bio, cv, resume, lebenslauf
hospitality, geschenk, cadeau
referral fee, finder fee, commission, kickback
consultation, initial consultation, health check, free check, check up, beratung
bookkeeping, bookkeeper, accounting, accountancy, buchhaltung, comptabilite
month end, monthly figure, monthly account, management account, monthly report, monatsabschluss, cloture
liable, liability, personally liable, haftung
works council, staff council, employee representative, trade union, betriebsrat
home office, telework, work from home, work abroad, digital nomad, teletravail
money laundering, aml, kyc, beneficial owner, geldwaesche, blanchiment
power of attorney, vollmacht, procuration
lawyer, solicitor, attorney, barrister, anwalt, rechtsanwalt, avocat
accountant, tax adviser, tax advisor, steuerberater, expert comptable
spreadsheet, excel, xlsx, workbook, tabelle, tableur
invoice, rechnung, facture
tax, steuer, impot
self assessment, scorecard, selbsttest
freelancer, self employed, gig worker, freiberufler, independant
software rights, intellectual property, ip, copyright, patent, trademark, urheberrecht
stay in touch, keep in touch, reconnect, kontakt halten
brochure, prospectus, send something
no time, call back, keine zeit, pas le temps
advise, adviser, advice, advisory, consultant, consulting
win, won, winning
quick, fast, soon, short notice, urgent
"""
"""Each line means one thing, and goes on where it ends in a comma; a phrase counts when its words stand side by side in
the question. Words of many meanings, like form, check, quote or present, are left out: they bring in more that is wrong
than they find."""

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
inherit, inheritance, heir
comply, compliance, compliant
"""
"""Forms of one word that its ending does not tell."""

Phrase = tuple[str, ...]
SURE, SAME = 0.9, 0.5
"""What a form of the same word counts, and what another word for the same thing, beside the one asked for."""


@cache
def groups() -> tuple[Mapping[Phrase, Mapping[Phrase, float]], int]:
    """By phrase of stems: all that mean the same, with how surely they do; and how many words the longest has."""
    forms, found = _meaning(FORMS), dict[Phrase, dict[Phrase, float]]()
    for phrases in forms:
        _note(phrases, found, SURE)
    of = {phrase: phrases for phrases in forms for phrase in phrases}
    for phrases in _meaning(GROUPS):
        # Who looks for a sale in another language wants what says 'sold', too.
        _note(list(dict.fromkeys(form for phrase in phrases for form in of.get(phrase, [phrase]))), found, SAME)
    return found, max(map(len, found))


def _meaning(lines: str) -> list[list[Phrase]]:
    every = ([_phrase(form) for form in line.split(",")] for line in lines.strip().replace(",\n", ", ").splitlines())
    return [list(dict.fromkeys(filter(None, phrases))) for phrases in every]


def _note(phrases: Sequence[Phrase], found: dict[Phrase, dict[Phrase, float]], surely: float) -> None:
    for phrase in phrases:
        same = found.setdefault(phrase, {})
        for other in phrases:
            if other != phrase:
                same.setdefault(other, surely)


def _phrase(form: str) -> Phrase:
    return tuple(stem(word) for word in words_of(form) if word not in STOP)


def same_as(stems: Sequence[str]) -> Mapping[Phrase, float]:
    """What means the same as these words, as stems, with what it counts beside them."""
    return groups()[0].get(tuple(stems), {})


@cache
def vocabulary() -> frozenset[str]:
    """Every stem in the groups: a word that is known, whether or not some item has it."""
    return frozenset(term for phrase in groups()[0] for term in phrase)
