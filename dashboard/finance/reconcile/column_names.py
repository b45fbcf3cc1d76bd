"""Pure: what the name of a column says that it holds, in the languages of the shop's people."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from dashboard.lib.worded import Worded
from dashboard.lib.written_amounts import currency_named


class Meaning(Worded):
    """What a column can be to a comparison."""

    CUSTOM_ID = ("custom_id", "Order ID", "the shop's own number of the order")
    BUY_ID = ("buy_id", "Purchase ID", "SkinsBack's number of the purchase")
    AMOUNT = ("amount", "Amount", "what the shop booked, in US dollars")
    CURRENCY = ("currency", "Currency", "the currency of the amount")


_OTHER_LETTERS = str.maketrans("łıøđ", "liod")
"""Letters that Unicode does not take apart into a plain letter and its mark."""


def _folded(text: str) -> str:
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in parts if not unicodedata.combining(letter)).translate(_OTHER_LETTERS)


def _names(text: str) -> frozenset[str]:
    return frozenset(re.sub(r"[\W_]", "", _folded(name)) for name in text.split())


OWN_NAMES = {"customid": Meaning.CUSTOM_ID, "buyid": Meaning.BUY_ID, "balancedebitedsum": Meaning.AMOUNT}
"""The names that SkinsBack and the dashboard's own exports give them; they leave no doubt."""

_BUY_ID = _names("skinsbackid skinsbackbuyid purchaseid")
_WEAK_BUY_ID = _names("purchase")
_ORDER = _names(
    """orderid ordernumber orderno ordernr ordernum order orderref orderreference merchantorderid shoporderid
    bestellung bestellnummer bestellnr bestellid bestellungsnummer auftrag auftragsnummer auftragsnr auftragsid
    commande numerocommande numerodecommande ncommande nocommande idcommande referencecommande
    pedido numeropedido numerodepedido numerodopedido npedido nopedido idpedido iddepedido orden encomenda
    ordine numeroordine numerodordine idordine nordine zamówienie numerzamówienia nrzamówienia idzamówienia
    заказ номерзаказа №заказа idзаказа заказid заказ№ кодзаказа замовлення номерзамовлення №замовлення
    sipariş siparişno siparişnumarası siparişid bestelling bestelnummer bestelnr ordernummer orderid beställning
    objednávka čísloobjednávky objednavkaid comandă numărcomandă rendelés rendelésszám 订单 订单号 订单编号 注文番号"""
)
_WEAK_ID = _names("merchantid externalid reference ref id")
_AMOUNT_WORDS = _names(
    """amount debited debit sum total paid cost value price charge charged net gross subtotal grandtotal
    betrag summe gesamt gesamtbetrag gesamtsumme gesamtpreis endbetrag rechnungsbetrag preis kosten wert bezahlt
    сумма цена стоимость итого всего оплачено списано сума ціна вартість kwota cena wartość suma razem koszt zapłacono
    montant prix somme coût payé importe precio monto coste costo valor preço preco soma pago importo prezzo totale
    somma tutar fiyat toplam ücret bedrag prijs totaal kosten belopp pris summa částka celkem beløb összeg ár sumă
    金额 价格 总价 金額 合計"""
)
_AMOUNT = _AMOUNT_WORDS | _names(
    """debitedsum sumdebited amountdebited usd amountpaid paidamount totalpaid totalamount amounttotal totalprice
    totalcost totalsum ordertotal orderamount ordersum ordervalue totalvalue purchaseprice amountcharged
    suммазаказа суммазаказа суммапокупки kwotazamówienia montanttotal importetotal valortotal toplamtutar"""
)
_CURRENCY = _names(
    """currency currencycode curr cur ccy isocode вал döviz währung waehrung валюта валютa waluta devise monnaie moneda
    moeda valuta parabirimi dövizcinsi měna pénznem valută 货币 币种 通貨"""
)
_HAS_CURRENCY = re.compile(r"currency|waehrung|wahrung|валют|walut|^devises?$|^monnaie|^moned|^moeda|valuta$|^doviz")
"""What a word of a longer name says: ``order_currency``, ``Bestellwährung``, ``Код валюты``."""

_IN_WORDS = {
    _folded(word): code
    for code, words in {
        "EUR": "евро 欧元", "RUB": "рубль рубли рублях рублей rubel rubles roubles rubli rublach",
        "PLN": "zloty zlote zlotych złoty złote złotych злотых", "UAH": "гривна гривен гривнах гривня гривень hryvnia",
        "GBP": "pound pounds sterling pfund", "TRY": "lira liras", "CNY": "yuan 人民币", "JPY": "yen 日元 円",
        "SEK": "kronor", "DKK": "kroner", "CZK": "korun koruna", "HUF": "forint", "CHF": "franken francs",
        "BRL": "reais", "MXN": "pesos", "CAD": "canadian", "AUD": "australian",
    }.items()
    for word in words.split()
}  # fmt: skip
"""Currencies in words, as they stand beside a word of money in a name: ``Betrag in Euro``, ``Сумма в рублях``."""

_CENTS = _names("cents cent minor penny pence ct cts kopecks копейки копеек grosze")

TOTAL_WORDS = _names(
    """total totals sum subtotal grandtotal summe gesamt gesamtsumme gesamtbetrag zwischensumme итого всего сумма
    підсумок разом усього razem suma łącznie ogółem totale somma subtotale totaal subtotaal toplam aratoplam geneltoplam
    celkem soucet součet somme soustotal soma total totalgeneral sumatotal összesen yhteensä totalt summa 合计 总计 小计
    合計"""
)
_BESIDE_TOTALS = TOTAL_WORDS | _names("grand usd eur amount orders of the all net gross general zamówień order")


@dataclass(frozen=True)
class NameSays:
    """What a name says: a meaning, or none; how surely, 0 is the surest; and a currency that it names."""

    meaning: Meaning | None = None
    rank: int = 0
    currency: str = ""


NOTHING = NameSays()


@lru_cache(maxsize=4096)
def name_says(name: str) -> NameSays:
    """Return what a column of this name holds. A word of money within a longer name has rank 2: it may be the tax."""
    # What holds another delimiter is a line that was cut at the wrong one.
    if len(name) > 100 or ";" in name or "\t" in name or "|" in name:
        return NOTHING
    words, currency = _words(name)
    bare = "".join(words)
    if bare in OWN_NAMES:
        return NameSays(OWN_NAMES[bare])
    for known, meaning, rank in (
        (_BUY_ID, Meaning.BUY_ID, 1), (_WEAK_BUY_ID, Meaning.BUY_ID, 2),
        (_ORDER, Meaning.CUSTOM_ID, 1), (_WEAK_ID, Meaning.CUSTOM_ID, 2),
        (_CURRENCY, Meaning.CURRENCY, 1), (_AMOUNT, Meaning.AMOUNT, 1),
    ):  # fmt: skip
        if bare in known:
            return NameSays(meaning, rank, currency)
    if _AMOUNT_WORDS.intersection(words) or (currency and not bare):
        return NameSays(Meaning.AMOUNT, 1 if not bare else 2, currency)
    return NameSays(Meaning.CURRENCY, 2) if any(map(_HAS_CURRENCY.search, words)) else NOTHING


def currency_in(title: str) -> str:
    """Return the currency other than US dollars that a line above the list names, empty for none."""
    currency = _words(title)[1] if len(title) <= 100 else ""
    return "" if currency == "USD" else currency


def _words(name: str) -> tuple[list[str], str]:
    """Return the words of a name, folded, and the currency beside them, as in ``Amount (USD)`` and ``betrag_eur``."""
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)
    words: list[str] = []
    currency = ""
    found = re.findall(r"[^\W_]+\$?|[A-Z]{0,3}\$|[^\w\s()\[\],.:;/#\"'-]+", apart)
    is_amount = not _AMOUNT_WORDS.isdisjoint(folded for word in found for folded in _names(word))
    for word in found:
        is_mark = is_amount or word.isupper() or not word.isalpha() or len(word) == 3
        named = currency_named(_IN_WORDS.get(_folded(word), word)) if is_mark else None
        if named:
            # In "CAD $" and "EUR/USD", dollars are not all.
            currency = named if currency in ("", "USD") else currency
        else:
            words += _names(word)
    return [word for word in words if word], currency


def counts_in_cents(name: str) -> bool:
    """Say whether a name tells that its amounts are in the hundredth part of a currency."""
    return bool(_CENTS.intersection(_words(name)[0]))


def is_total(text: str) -> bool:
    """Say whether a cell that should hold an ID says that its row adds up others; ``Total-5`` is an order."""
    if len(text) > 40 or any(map(str.isdigit, text)):
        return False
    words = re.findall(r"[^\W_]+", _folded(text))
    return (
        bool(words)
        and words[0] in _BESIDE_TOTALS
        and bool(TOTAL_WORDS.intersection(words))
        and (_BESIDE_TOTALS.issuperset(words))
    )
