"""Invented people: given and family names from many places, combined at random. Nobody real is meant."""

import random
import unicodedata


def listed(text: str, between: str | None = None) -> list[str]:
    """The words of a text, one after the other; a list of them would take two hundred lines."""
    return [word.strip() for word in text.split(between) if word.strip()]


GIVEN = listed("""
Aaliyah Adaeze Aidan Aiko Alba Alina Amara Amir Anders Anika Anjali Antonio Arjun Astrid Ayesha Beatriz Bilal
Bogdan Brigid Camille Carmen Cedric Chiara Chidi Clara Daniela Darius Deepa Dilan Dimitri Ebru Eleni Elif Emeka
Emil Erik Esther Farah Fatima Felix Fiona Florian Freya Gareth Giulia Goran Grace Greta Hana Harpreet Hassan
Helena Henrik Hugo Ibrahim Imani Ines Ingrid Isabel Ivana Jamal Jasmin Javier Joanna Jonas Jovana Julian Kamala
Karim Katarzyna Keira Kenji Kofi Kwame Lars Laila Leandro Leonor Lucia Magnus Malik Manuela Marek Marta Mateo
Mehmet Milena Mina Nadia Naomi Natalia Nikhil Nina Noor Oisin Olga Omar Orla Oskar Paolo Pavel Petra Pilar
Priyanka Rafael Rana Reza Rhys Rosa Ruta Samira Sanjay Sara Seamus Selma Sigrid Silvia Simone Sofia Soren Stefan
Sunita Tamara Tariq Teresa Thandi Tomas Uma Valentina Vera Viktor Wanjiru Wei Wiebke Xenia Yara Yasmin Yusuf
Zainab Zofia Zoltan Zsofia
""")

FAMILY = listed("""
Abara Achterberg Adeyinka Aguirre Ahlgren Almasi Andrade Arslan Baptiste Barzani Bassi Belmonte Bhatt Bjornsen
Blackwood Bramley Brankovic Bright Calloway Carvalho Castellan Chanda Chaudhry Chukwu Cobham Costigan Dahlgren
Danso Darcy Delacroix Demir Desta Dhillon Dobson Doganay Drummond Dvorska Eklund Ellery Engelhardt Eriksson
Esposito Falk Fanning Farouk Feather Fekete Fernand Fitzalan Fonseca Forsberg Gallego Gammage Ghosh Giordano
Goodwin Grabowski Granger Gupta Haddad Hallam Hansson Haraldsen Hartwell Havel Heath Hidalgo Hollis Horvath
Ibarra Idowu Ishida Jansma Jaramillo Jessop Jovic Kaplan Kariuki Karlsson Kavanagh Kessler Khalil Kimura Kirwan
Kovac Kowal Lacey Lamptey Langford Larsen Laurent Lehtinen Lindgren Lomax Lovell Machado Mahlangu Malhotra
Marchetti Marsden Mbeki Meijer Menon Mensah Merriman Mirza Moravec Moreau Musa Mwangi Nakagawa Narayan Nasser
Ndlovu Neumann Nilsen Noble Novakova Nyberg Obi Odell Oduya Okafor Olsson Onyango Orlov Osei Ostrander Pacheco
Palmgren Pasek Patel Pemberton Petrescu Pinheiro Pokorny Prentice Qureshi Quintero Rahimi Ramdin Redfern Renner
Ribeiro Rossetti Rowntree Sabo Saito Salgado Sandhu Santoro Schreiber Sefton Sekhon Shah Sheridan Silvestri
Skarsgaard Sorensen Spencer Stankovic Sundaram Szabo Takeda Tamang Tavares Teller Thackeray Thorne Tierney
Tomasek Toure Trevelyan Ueda Underhill Vance Varga Vasquez Verma Villanueva Vogel Wadhwa Waweru Weatherby
Wikstrom Winslow Wojcik Yamada Yeo Yilmaz Zapata Zeman Zielinska
""")


def full_name(rng: random.Random) -> str:
    """A given and a family name."""
    return f"{rng.choice(GIVEN)} {rng.choice(FAMILY)}"


def address(name: str, number: int) -> str:
    """The e-mail address of an invented person; the number makes it unique."""
    return f"{slug(name, '.')}.{number}@demo.example"


def slug(text: str, between: str = "-") -> str:
    """A name as it stands in an address."""
    plain = unicodedata.normalize("NFKD", text.lower()).encode("ascii", "ignore").decode()
    return plain.replace(" ", between)
