/* Today's anniversaries in three calendars, picked from a small table; the day is the reader's. */
(function () {
  "use strict";
  var box = document.getElementById("today");
  if (!box) { return; }
  var root = box.getAttribute("data-root"), language = box.getAttribute("data-language");

  /* Days counted as Python counts them: dadkhah.dates.calendars. */
  function floor(a, b) { return Math.floor(a / b); }
  function solarDay(year, month, day) {
    var months = 30 * (month - 1) + (month <= 7 ? month - 1 : 6);
    return 226895 + 365 * (year - 1) + floor(8 * year + 21, 33) + months + day - 1;
  }
  function lunarDay(year, month, day) {
    var months = 29 * (month - 1) + floor(month, 2);
    return 227015 + 354 * (year - 1) + floor(3 + 11 * year, 30) + months + day - 1;
  }
  function two(number) { return (number < 10 ? "0" : "") + number; }
  window.dadkhahToday = function (year, month, day) {
    var ordinal = floor(Date.UTC(year, month - 1, day), 86400000) + 719163;
    var solar = year - 621, passed, lunar, m = 12;
    if (ordinal < solarDay(solar, 1, 1)) { solar -= 1; }
    passed = ordinal - solarDay(solar, 1, 1);
    var sm = passed < 186 ? floor(passed, 31) + 1 : floor(passed - 186, 30) + 7;
    var sd = passed < 186 ? passed % 31 + 1 : (passed - 186) % 30 + 1;
    lunar = floor(30 * (ordinal - 227015) + 10646, 10631);
    while (lunarDay(lunar, m, 1) > ordinal) { m -= 1; }
    return ["s-" + two(sm) + "-" + two(sd), "g-" + two(month) + "-" + two(day),
      "l-" + two(m) + "-" + two(ordinal - lunarDay(lunar, m, 1) + 1)];
  };
  function own(number) {
    return String(number).replace(/\d/g, function (one) {
      return language === "fa" ? "۰۱۲۳۴۵۶۷۸۹"[+one] : one;
    });
  }
  window.dadkhahDays = function (counts) {
    var now = new Date(), list = box.querySelector("ul"), shown = 0;
    var keys = window.dadkhahToday(now.getFullYear(), now.getMonth() + 1, now.getDate());
    if (language !== "fa") { keys = [keys[1], keys[0], keys[2]]; }
    keys.forEach(function (key) {
      var parts = key.split("-"), many = counts[key];
      if (!many) { return; }
      var months = box.getAttribute("data-" + parts[0]).split("|");
      var item = document.createElement("li"), link = document.createElement("a");
      link.href = root + language + "/days/" + key + "/index.html";
      link.textContent = own(+parts[2]) + " " + months[+parts[1] - 1];
      item.appendChild(link);
      item.appendChild(document.createTextNode(
        " " + box.getAttribute(many === 1 ? "data-one" : "data-many").replace("{0}", own(many))));
      list.appendChild(item);
      shown += 1;
    });
    box.hidden = !shown;
  };
  var script = document.createElement("script");
  script.src = root + "find/days.js";
  document.head.appendChild(script);
}());
