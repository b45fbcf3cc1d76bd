"""Pure: what stands beside IDs in a message and looks like one: sums, times, dates, names of items, people."""

_NUMBER = r"(?:[0-9]{1,3}(?: [0-9]{3}){1,3}|[0-9]{1,9}(?:[.,'][0-9]{3}){0,3})(?:[.,][0-9]{1,2}|\.[0-9]{1,9})?(?![0-9])"
_CURRENCY = (
    r"(?:US\$|R\$|usdt?|eur|gbp|rub|uah|pln|cny|kzt|chf|inr|brl|czk|sek|nok|dkk|jpy|krw|huf|cad|aud|byn|btc|eth"
    r"|dollars?|euros?|rou?bles?|cents?|bucks|руб\w{0,4}|грн|[$€£¥₽₴₸₺₹₩₫₱₪฿₿])"
)
_BEHIND = (
    r"(?:try|tl|ron|hryvni?as?|zł|zl|zlot\w{1,4}|kč|kc|kr|kron\w{1,3}|lir[ae]s?|yuan|rmb|yen|won|rupees?|rs|reais|pesos?"
    r"|francs?|franken|coins?|points?|tenge|тенге|тг|гривен\w{0,3}|р|₽|元|円|圆|块|원|,-)"
)
"""Words that are no currency before a number: "I won 1280"."""
_SUM = (
    rf"{_CURRENCY}\s?-?{_NUMBER}(?!\w)|(?<![\w.]){_NUMBER}\s?(?:{_CURRENCY}|{_BEHIND})(?!\w|\s?[0-9])"
    rf"|(?<![\w.]){_NUMBER}\s?%"
)

_UNIT = (
    r"(?:[dhmsxk]|st|nd|rd|th|\s?(?:times|pcs|items?|skins?|knives|knife|gloves|people|stars?|am|pm"
    r"|orders|purchases|offers))"
)
_SPAN = (
    r"\s?(?:days?|hours?|hrs?|minutes?|mins?|seconds?|secs?|weeks?|months?|years?|tagen?|tage?|stunden?|wochen?"
    r"|monaten?|jahren?|jours?|heures?|semaines?|mois|ans|d[ií]as?|horas?|semanas?|meses|dni|godzin\w?|dní|gün|saat"
    r"|дн\w{0,2}|ден[ья]|час\w{0,2}|мин\w{0,3}|секунд\w?|недел\w{0,2}|месяц\w{0,2}|лет|天|小时|分钟|日)"
)
_QUANTITY = (
    rf"(?<![\w.-])[0-9]{{1,3}}(?:[.,][0-9]{{1,3}})?{_UNIT}(?![\w-])|(?<![\w-])x[0-9]{{1,3}}(?![\w-])"
    rf"|(?<![\w.-]){_NUMBER}{_SPAN}(?![\w-])"
)

_TIME = r"(?<![\w:.-])[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]{1,9})?)?(?:\s?[ap]\.?m\.?)?(?![\w:-])"
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DATE = (
    r"(?<![\w.-])(?:[0-9]{4}[-./][0-9]{1,2}[-./][0-9]{1,2}|[0-9]{1,2}[-./][0-9]{1,2}[-./](?:[0-9]{4}|[0-9]{2}))"
    r"(?:T[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]{1,9})?)?(?:Z|[+-][0-9]{2}:?[0-9]{2})?)?(?![\w/-])"
    rf"|(?<![\w-])[0-9]{{1,2}}(?:st|nd|rd|th|\.)?[\s-]{_MONTH}(?:,?[\s-][0-9]{{4}})?(?![\w-])"
    rf"|(?<![\w-]){_MONTH}\s[0-9]{{1,2}}(?:st|nd|rd|th)?(?:,?\s[0-9]{{4}})?(?![\w-])"
    r"|(?<![\w-])(?:GMT|UTC)[+-][0-9]{1,2}(?::?[0-9]{2})?(?!\w)"
)

_ITEM = (
    r"(?<![\w-])(?:AK-?47|M4A[14](?:-S)?|AWP|P2000|P250|P90|USP-?S|Glock-?18|Tec-?9|CZ75(?:-Auto)?|Five-?SeveN|R8"
    r"|MAC-?10|MP[579](?:-SD)?|UMP-?45|PP-Bizon|FAMAS|Galil\sAR|SSG\s?0?8|SG\s?553|AUG|SCAR-?20|G3SG1|XM1014|MAG-?7"
    r"|M249|Sawed-Off|Zeus\sx27|CS:?GO|CS2|CS\s1\.6|TF2|Dota\s?2|StatTrak|2FA)(?![\w-])"
)

_DECIMAL = (
    r"(?<![\w.,])[0-9]{1,3}(?:,[0-9]{3}){1,3}\.[0-9]{1,6}(?!\w)"
    r"|(?<![\w.])[0-9]{1,12}\.(?!0(?![\w.]))[0-9]{1,18}(?:\.[0-9]{1,12}){0,4}(?!\w)"
    r"|(?<!\w)v[0-9]{1,6}(?:\.[0-9]{1,6}){0,4}(?![\w-])"
)
_FRACTION = r"(?<![\w/.-])[0-9]{1,2}/[0-9]{1,2}(?![\w/-])"
_PHONE = r"(?<![\w+])\+(?:[0-9]{7,15}|[0-9]{1,3}(?:[ ()./-]{1,2}[0-9]{1,8}){2,5})(?!\w)"
_EMAIL = r"(?<![\w.+-])(?:mailto:)?[\w.+-]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,5}"
_PEOPLE = (
    r"<(?:@[!&]?|\#|a?:\w{1,40}:)(?!76561(?:19|20))[0-9]{17,20}>|<[@#!][A-Z0-9]{8,12}(?:\|[^<>]{0,80})?>"
    r"|<t:[0-9]{1,12}(?::\w)?>|(?<![\w@.])@[a-z_][\w.]{1,32}(?![\w-])"
)
_REFERENCE = r"(?<=\])\s?\[[0-9]{1,3}\]"

ASIDE = "|".join((_PEOPLE, _EMAIL, _SUM, _TIME, _DATE, _QUANTITY, _ITEM, _DECIMAL, _FRACTION, _PHONE, _REFERENCE))
"""Found here under such a name all the same, where the shop has an order of it."""
