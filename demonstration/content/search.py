"""What the search knows besides the pages: synonyms and promoted results."""

# Words and phrases that mean the same to visitors.
SYNONYMS = [
    "contact, phone, phone number, telephone, ring, call, speak to, talk to, reach, "
    "get in touch",
    "address, directions, location, located, parking, station, where are you, get here, "
    "get there, find you, visit",
    "opening hours, opening times, what time, hours, open",
    "email, e-mail, in writing",
    "cost, price, fee, charge, pay, paid, payment, afford, expensive, how much, money",
    "insurance, insurer, NHS, public health service, funding, funded, covered",
    "refund, refunded, money back, change my mind, cancel",
    "complaint, complain, unhappy, went wrong, dissatisfied, mistake",
    "doctor, physician, consultant, specialist, neurologist",
    "staff, team, people, nurse, who works",
    "owner, owned, who owns, shareholder",
    "inspected, inspectorate, inspector, regulator, regulated, licence, authority",
    "side effect, risk, harm, danger, dangerous, safe, safety, adverse, complication",
    "hurt, pain, painful, ache",
    "MS, multiple sclerosis",
    "mesenchymal stem cell, mesenchymal cell, stem cell, MSC",
    "haematopoietic transplant, HSCT, blood stem cell transplant, marrow transplant",
    "interferon, IFN",
    "fatigue, tired, tiredness, exhausted, exhaustion",
    "exercise, physiotherapy, physio, training, rehabilitation",
    "MRI, scan",
    "symptom, sign",
    "apply, application, appointment, eligible, eligibility, suitable, qualify, referral",
    "assessment, consultation, first visit",
    "waiting time, waiting list, how long, weeks, duration",
    "procedure, protocol, how it works, what happens, step",
    "story, testimonial, experience, review, what patients say, what do patients say",
    "evidence, proof, trial, study, research, does it work, effective",
    "result, outcome, success, success rate, does it work, improvement",
    "privacy, data protection, GDPR, personal data, cookie",
    "newsletter, letter, subscribe, mailing list, sign up",
    "travel, journey, flight, fly, abroad",
    "companion, carer, partner, husband, wife, relative",
    "interpreter, translator, language",
    "wheelchair, disabled access, accessible, accessibility, ramp",
]

# What is shown first, by the key of its page: the words asked for.
PROMOTED = {
    "people": ["doctors", "staff"],
    "cost": ["insurance"],
    "apply": ["appointment"],
    "stories": ["reviews"],
    "contact": ["contact"],
}
