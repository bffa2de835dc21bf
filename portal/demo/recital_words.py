"""What is said around a pitch, and what coaches write about it."""

BEGUN_WELL = ("", "Thanks for asking. ", "Good question. ", "", "Well, it is quickly told. ")
BEGUN_BADLY = (
    "We are a full-service firm with a wide range of services.",
    "I am just in tax, but the firm does all sorts of things.",
    "We are a leading firm, and we put our clients first.",
)
ENDED_BADLY = (
    "So let me know if you ever need anything.",
    "Here is my card.",
    "We go the extra mile for our clients.",
)
PASSED = (
    "Keep the first sentence: I knew at once who you look after. Next time leave a breath before the question.",
    "Your story is short and it stays in mind. Try it once without the figure, and see whether they ask for it.",
    "It sounds like you, and nothing is promised that we don’t keep. Look up when you come to the question.",
    "Clear from the first sentence. The one thing to try: choose the story that fits the listener's trade.",
)
AGAIN = (
    "Keep your calm pace. Begin with whom we look after; “full service” could be anybody.",
    "The claim in the middle is good. Put one story behind it, and end with the question instead of the card.",
    "I believe you. Now say it the way you told me at lunch, without the brochure's words.",
)
ANA_PASSED = "Keep the online shop; nobody forgets goods in two countries. Next, ask the question and then be quiet."
ANA_AGAIN = (
    "Keep the story and your calm pace. The first sentence lists what we do: say what a decision will cost the owner "
    "while they can still change it, and it passes."
)
ANA_REMARKS = (
    (1, "Four services in one breath. An owner hears none of them; begin with their decision."),
    (4, "This is where I would have hired you. Don’t change a word of it."),
)
LENA_WROTE = "I would remember the two countries. I was waiting for a question at the end, and it came a little fast."
