"""What each numbered check of verify.py says, passed or failed, in English and Persian."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["SENTENCES", "Sentence"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """The words of one check; code names it when it passed."""

    code: str
    passed_en: str
    failed_en: str
    passed_fa: str
    failed_fa: str


SENTENCES = {
    1: Sentence(
        code="checkpoint-signed",
        passed_en="The checkpoint is this log's and is signed by its key.",
        failed_en="The checkpoint cannot be believed.",
        passed_fa="نقطهٔ بازبینی از آنِ همین دفتر است و کلید همین دفتر آن را امضا کرده است.",
        failed_fa="نقطهٔ بازبینی پذیرفتنی نیست.",
    ),
    2: Sentence(
        code="checkpoint-witnessed",
        passed_en="As many witnesses cosigned the checkpoint as were asked for.",
        failed_en="Fewer witnesses cosigned the checkpoint than were asked for.",
        passed_fa="به همان شمار که خواسته شده بود، گواهان نقطهٔ بازبینی را امضا کرده‌اند.",
        failed_fa="گواهانی که نقطهٔ بازبینی را امضا کرده‌اند کمتر از شمار خواسته‌شده‌اند.",
    ),
    3: Sentence(
        code="entries-read",
        passed_en="Every entry can be read and is in its one canonical form.",
        failed_en="An entry cannot be read, or is not in its canonical form.",
        passed_fa="همهٔ مدخل‌ها خواندنی‌اند و در یگانه شکل معیار خود هستند.",
        failed_fa="مدخلی خواندنی نیست یا در شکل معیار خود نیست.",
    ),
    4: Sentence(
        code="entries-in-order",
        passed_en="Every entry stands at its own index: none is missing, doubled or moved.",
        failed_en="An entry does not stand at its own index: one is missing, doubled or moved.",
        passed_fa="هر مدخل در جای خود است: هیچ‌یک کم، تکراری یا جابه‌جا نشده است.",
        failed_fa="مدخلی در جای خود نیست: مدخلی کم، تکراری یا جابه‌جا شده است.",
    ),
    5: Sentence(
        code="times-in-order",
        passed_en="The times of the entries never run backwards.",
        failed_en="An entry says it is earlier than the one before it.",
        passed_fa="زمان مدخل‌ها هیچ‌گاه به عقب برنمی‌گردد.",
        failed_fa="مدخلی زمانی پیش از مدخلِ قبل از خود دارد.",
    ),
    6: Sentence(
        code="log-whole",
        passed_en="The log has exactly as many entries as the checkpoint says.",
        failed_en="The log does not have as many entries as the checkpoint says.",
        passed_fa="شمار مدخل‌های دفتر درست همان است که نقطهٔ بازبینی می‌گوید.",
        failed_fa="شمار مدخل‌های دفتر همان نیست که نقطهٔ بازبینی می‌گوید.",
    ),
    7: Sentence(
        code="log-unchanged",
        passed_en="The entries hash to the root that was signed: not one bit is changed.",
        failed_en="The entries do not hash to the root that was signed: something was changed.",
        passed_fa="چکیدهٔ مدخل‌ها همان ریشهٔ امضاشده است: حتی یک بیت تغییر نکرده است.",
        failed_fa="چکیدهٔ مدخل‌ها با ریشهٔ امضاشده یکی نیست: چیزی تغییر کرده است.",
    ),
    8: Sentence(
        code="history-kept",
        passed_en="Every earlier checkpoint given is the beginning of this same log.",
        failed_en="An earlier checkpoint is not the beginning of this log.",
        passed_fa="همهٔ نقطه‌های بازبینی پیشین که داده شده، آغاز همین دفترند.",
        failed_fa="یکی از نقطه‌های بازبینی پیشین آغاز این دفتر نیست.",
    ),
    9: Sentence(
        code="records-counted",
        passed_en="Each entry has as many records, shown or erased, as it says.",
        failed_en="An entry does not have as many records as it says.",
        passed_fa="هر مدخل به همان شمار که می‌گوید رکورد دارد، چه موجود و چه زدوده.",
        failed_fa="شمار رکوردهای یک مدخل همان نیست که مدخل می‌گوید.",
    ),
    10: Sentence(
        code="records-open",
        passed_en="Every record shown opens the commitment stored for it.",
        failed_en="A record does not open the commitment stored for it: it was changed.",
        passed_fa="هر رکورد موجود با تعهد ثبت‌شدهٔ خود می‌خواند.",
        failed_fa="رکوردی با تعهد ثبت‌شدهٔ خود نمی‌خواند: آن رکورد تغییر کرده است.",
    ),
    11: Sentence(
        code="records-bound",
        passed_en="The commitments of each entry hash to the root that the entry holds.",
        failed_en="The commitments of an entry do not hash to the root that the entry holds.",
        passed_fa="چکیدهٔ تعهدهای هر مدخل همان ریشه‌ای است که در مدخل آمده است.",
        failed_fa="چکیدهٔ تعهدهای یک مدخل با ریشه‌ای که در مدخل آمده یکی نیست.",
    ),
    12: Sentence(
        code="tiles-true",
        passed_en="Every tile and bundle kept is the one that the entries make.",
        failed_en="A tile or bundle is missing, or is not the one that the entries make.",
        passed_fa="هر کاشی و بستهٔ نگهداری‌شده همان است که از مدخل‌ها ساخته می‌شود.",
        failed_fa="یک کاشی یا بسته نیست، یا همان نیست که از مدخل‌ها ساخته می‌شود.",
    ),
    19: Sentence(
        code="keys-followed",
        passed_en="The key given is the log's, or each change of key since was signed by both.",
        failed_en="The key given is not the log's key now, and nothing leads from it to that one.",
        passed_fa="کلید داده‌شده از آنِ این دفتر است، یا هر تعویض پس از آن امضای هر دو کلید را دارد.",
        failed_fa="کلید داده‌شده کلید کنونی دفتر نیست و چیزی از آن به کلید کنونی نمی‌رسد.",
    ),
    20: Sentence(
        code="times-hold",
        passed_en="Every outside time kept is of a checkpoint of this log, and holds.",
        failed_en="An outside time does not hold, or is of no checkpoint of this log.",
        passed_fa="هر مُهر زمانِ بیرونی از آنِ یک نقطهٔ بازبینی همین دفتر است و درست است.",
        failed_fa="یک مُهر زمانِ بیرونی درست نیست یا از آنِ هیچ نقطهٔ بازبینی این دفتر نیست.",
    ),
}
