"""Invented pages, as bad as scraped ones are."""

PERSIAN = """پرش به محتوای اصلی

خانه | درباره ما | تماس با ما

به مناسبت سی‌امین سالگرد کشتار زندانیان در شهر نمونه

به مناسبت سی‌امین سالگرد کشتار زندانیان در شهر نمونه

در تابستان سال ۱۳۶۷ خورشیدی هزاران تن از زندانیان سیاسی در زندان‌های کشور

پس از پرسش‌های چند دقیقه‌ای به دار آویخته شدند. خانواده‌ها ماه‌ها از سرنوشت

آنان بی‌خبر بودند؛ پس از آن ساک‌هایشان را تحویل دادند. آیا کسی پاسخ داد؟

هیچ کس پاسخ نداد.

مادران هر سال در آخرین جمعهٔ مرداد در گورستان گرد می‌آیند و یاد فرزندانشان

را گرامی می‌دارند. ه. ش. ۱۳۶۷ سالی است که فراموش نخواهد شد.

کانون نمونهٔ دادخواهی

۱۲ شهریور ۱۳۹۷

افزودن نظر جدید

متن ساده

• استفاده از برچسب‌های HTML مجاز نیست.

نویسه‌های نمایش داده شده در تصویر را وارد کنید.
"""

ENGLISH = """Home
About us
Contact

STATEMENT ON THE ANNIVERSARY

Photo: families gather at the cemetery, 2009

In the summer of 1988 the prisons of the country were closed to
visitors. No letters came, no calls were answered, and the fami-
lies waited outside the gates for weeks.

When the gates opened, the families received bags. Mr. Nemune, who
had waited since June, was told that his son had been "moved". Dr.
Azmun was told nothing.

What we demand

1. The names of all who were killed.
2. The places where they lie,
   marked and protected.
3. A trial.

Example Committee
12 August 2008

Share on Facebook
© 2008 Example Committee. All rights reserved.
"""

NAMES = """Names of those who were killed in the town of Exampleabad

Ali Nemune
Hassan Example
Zahra Sample
Parvin Azmun
Karim Numune

Share this
"""

GLUED = """image217 years ago the town was closed for a whole month and nobody was let in.

Even today, after 17 years, nothing of it is known to the people of the town.
"""

PAGE = """<!DOCTYPE html>
<html lang="fa"><head><meta charset="utf-8"><title>یادداشت تازه | سایت نمونه</title>
<style>p { color: red }</style><script>var hidden = "<p>هرگز</p>";</script></head>
<body><a class="skip-link" href="#x">پرش به محتوا</a>
<header><nav><ul><li>خانه<li>درباره ما</ul></nav></header>
<main><h1>یادداشت&nbsp;تازه</h1>
<p>در تابستان ۱۳۶۷ <b>هزاران</b> زندانی &amp; دیگران
   کشته شدند.<script>alert(1)</script> این پایان نیست؟ نه.</p>
<p lang="en">The second paragraph is in English, and it says 5 &lt; 6.</p>
<!-- a comment that is not text -->
<figure><img src="x" onerror="alert(2)"><figcaption>مادران در گورستان</figcaption></figure>
<ul><li>نام‌ها<li>جاها</ul>
<table><tr><td>علی نمونه<td>۲۵</tr><tr><td>زهرا نمونه<td>۳۰</tr></table>
<noscript>Turn on scripts</noscript>
</main>
<aside>پربازدیدترین</aside>
<form>نظر شما <textarea>بنویسید</textarea><button>ارسال</button></form>
<footer>تمامی حقوق محفوظ است</footer></body></html>
"""
