/* Search in the reader's own browser. What is typed is folded here, with the tables that Python
   made (find/setting.js), and only numbered pieces of the index are loaded. Nothing is sent. */
(function () {
  "use strict";
  var setting, pieces = {}, waiting = {}, turn = 0, table = {}, plain = [];
  var form = document.getElementById("find"), box = document.getElementById("find-text");
  var told = document.getElementById("find-told"), list = document.getElementById("find-list");
  if (!form) { return; }
  var root = form.getAttribute("data-root"), language = form.getAttribute("data-language");

  function load(name, failed) {
    var script = document.createElement("script");
    script.src = root + "find/" + name + ".js";
    script.onerror = failed || null;
    document.head.appendChild(script);
  }

  /* The fold: dadkhah.names.portable, step by step. */
  function apply(rules, word) {
    rules.forEach(function (rule) { word = word.replace(rule[0], rule[1]); });
    return word;
  }
  function prepare(rules) {
    return rules.map(function (rule) {
      return [new RegExp(rule[0], "g"), rule[1].replace(/\\1/g, "$$1")];
    });
  }
  window.dadkhahSetting = function (given) {
    Object.keys(given.letters).forEach(function (target) {
      Array.from(given.letters[target]).forEach(function (one) { table[one] = target; });
    });
    Array.from(given.gone).forEach(function (one) { table[one] = ""; });
    given.latin = prepare(given.latin);
    given.arabic = prepare(given.arabic);
    given.article = new RegExp(given.article);
    given.aside = new Set(given.aside);
    given.many = new Set(given.many);
    setting = given;
    plain.splice(0).forEach(function (then) { then(); });
  };
  function letter(one) {
    if (Object.prototype.hasOwnProperty.call(table, one)) { return table[one]; }
    var lower = one.toLowerCase();
    return /^[a-z\u0620-\u064a\u0671-\u06d5]+$/.test(lower) ? lower : " ";
  }
  function fold(word) {
    if (Object.prototype.hasOwnProperty.call(setting.short, word)) { return setting.short[word]; }
    if (word < "\u0600") { return apply(setting.latin, word); }
    var whole = setting.whole.some(function (form) { return word.startsWith(form); });
    return apply(setting.arabic, whole ? word : word.replace(setting.article, ""));
  }
  function words(text) {
    text = text.normalize("NFC").replace(/[\ufb50-\ufdff\ufe70-\ufefc\uff00-\uff5e]+/g,
      function (found) { return found.normalize("NFKC"); });
    if (/[şğıəêîûŞĞİƏÊÎÛ]/.test(text)) {
      text = text.toLowerCase().replace(/c/g, "j").replace(/x/g, "kh");
    }
    text = Array.from(text).map(letter).join("").match(/[a-z]+|[\u0620-\u06d5]+/g) || [];
    return text.map(fold).filter(Boolean).slice(0, 12);
  }
  function tokens(word) {
    var arabic = word >= "\u0600", stem = word, readings = [""], found = [];
    if (arabic) {
      if (word.length > 2 && word.charAt(word.length - 1) === "ه") { stem = word.slice(0, -1); }
    } else {
      if (word.length > 2) { stem = word.replace(/([aeiou])h$/, "$1"); }
      Object.keys(setting.groups).forEach(function (two) {
        stem = stem.split(two).join(setting.groups[two]);
      });
    }
    var classes = setting.classes[arabic ? "ar" : "la"];
    stem = Array.from(stem).map(function (one) {
      if (Object.prototype.hasOwnProperty.call(classes, one)) { return classes[one]; }
      return arabic ? "" : one.toLowerCase();
    }).join("");
    stem.split(/(\[[a-z]+\])/).forEach(function (piece) {
      var options = setting.options[piece] || [piece], next = [];
      readings.forEach(function (before) {
        options.forEach(function (one) { next.push(before + one); });
      });
      readings = next.slice(0, 4);
    });
    readings.forEach(function (reading) {
      var one = (reading.replace(/([a-z])\1+/g, "$1") || "a").replace(/d/g, "t");
      if (found.indexOf(one) < 0) { found.push(one); }
    });
    return found;
  }
  function runs(held) {
    var found = [], length, start;
    for (length = 1; length <= setting.joined; length += 1) {
      for (start = 0; start + length <= held.length; start += 1) {
        found.push({ start: start, end: start + length,
          tokens: tokens(held.slice(start, start + length).join("")) });
      }
    }
    return found;
  }
  window.dadkhahTokens = function (text) {
    var found = [];
    runs(words(text)).forEach(function (run) {
      run.tokens.forEach(function (one) { if (found.indexOf(one) < 0) { found.push(one); } });
    });
    return found;
  };

  /* Which pieces may hold it. */
  function place(key) {
    var found = 0x811c9dc5, at;
    for (at = 0; at < key.length; at += 1) {
      found = Math.imul(found ^ key.charCodeAt(at), 0x01000193) >>> 0;
    }
    return found % setting.pieces;
  }
  function places(held) {
    var common = new Set(), found = new Set(), rare = [], best = null;
    runs(held).forEach(function (run) {
      run.tokens.forEach(function (one) {
        if (setting.many.has(one)) { common.add(one); } else { rare.push([run, one]); }
      });
    });
    /* Each word must be found, so one word that is not common is enough: the longest. */
    held.forEach(function (word, at) {
      var own = rare.filter(function (two) {
        return two[0].start === at && two[0].end === at + 1;
      });
      if (own.length && !tokens(word).some(function (one) { return setting.many.has(one); }) &&
          (best === null || own[0][1].length > best.length)) {
        best = { at: at, length: own[0][1].length };
      }
    });
    rare.forEach(function (two) {
      if (best === null || (two[0].start <= best.at && best.at < two[0].end)) {
        found.add(place(two[1]));
      }
    });
    if (best === null) {
      common = Array.from(common).sort();
      common.forEach(function (left, at) {
        common.slice(at + 1).forEach(function (right) { found.add(place(left + "-" + right)); });
      });
    }
    return Array.from(found).slice(0, 24);
  }
  function piece(number) {
    return new Promise(function (done, failed) {
      if (pieces[number]) { done(pieces[number]); return; }
      if (!waiting[number]) {
        waiting[number] = [];
        load(number, function () { delete waiting[number]; failed(); });
      }
      waiting[number].push(done);
    });
  }
  window.dadkhahPiece = function (number, texts) {
    pieces[number] = texts.map(function (text) {
      var parts = text.split("|");
      return { id: parts[0], year: parts[1], spellings: parts.slice(2) };
    });
    (waiting[number] || []).forEach(function (done) { done(pieces[number]); });
  };

  /* Whether a spelling answers: every typed word stands in it, alone or run together. */
  function answers(asked, held, spelling) {
    var found = new Set(window.dadkhahTokens(spelling));
    var reach = [true], exact = words(spelling), score = 0;
    asked.forEach(function (run) {
      if (reach[run.start] && run.tokens.some(function (one) { return found.has(one); })) {
        reach[run.end] = true;
      }
    });
    if (!reach[held.length]) { return 0; }
    held.forEach(function (word) { if (exact.indexOf(word) >= 0) { score += 2; } });
    return 1 + score - Math.abs(exact.length - held.length) / 10;
  }
  function sorted(asked) {
    return asked.slice().sort(function (a, b) { return a.start - b.start || a.end - b.end; });
  }

  function show(people, many) {
    list.textContent = "";
    people.slice(0, 60).forEach(function (person) {
      var item = document.createElement("li"), link = document.createElement("a");
      var own = person.spellings.filter(function (one) {
        return /[\u0600-\u06ff]/.test(one) === (language === "fa");
      });
      var first = own[0] || person.spellings[0], rest = person.spellings.filter(function (one) {
        return one !== first;
      });
      link.href = root + language + "/people/" + person.id.slice(0, 2) + "/" + person.id + ".html";
      link.textContent = first;
      link.dir = "auto";
      item.appendChild(link);
      if (rest.length) {
        var more = document.createElement("span");
        more.className = "also";
        rest.slice(0, 3).forEach(function (one, at) {
          if (at) { more.appendChild(document.createTextNode(" · ")); }
          var part = document.createElement("bdi");
          part.textContent = one;
          more.appendChild(part);
        });
        item.appendChild(more);
      }
      list.appendChild(item);
    });
    say(people.length ? (people.length > 60 ? "many" : "some") : (many ? "common" : "none"),
      people.length);
  }
  function say(key, count) {
    var text = form.getAttribute("data-" + key) || "";
    var shown = String(count === undefined ? "" : count);
    if (language === "fa") {
      shown = shown.replace(/\d/g, function (one) { return "۰۱۲۳۴۵۶۷۸۹"[+one]; });
    }
    told.textContent = text.replace("{0}", shown);
  }

  function search() {
    var mine = turn += 1, held = words(box.value);
    var kept = held.filter(function (word) { return !setting.aside.has(word); });
    held = kept.length ? kept : held;
    if (!held.length) { list.textContent = ""; say("empty"); return; }
    var asked = sorted(runs(held)), wanted = places(held);
    var common = held.length === 1 && tokens(held[0]).some(function (one) {
      return setting.many.has(one);
    });
    say("wait");
    Promise.all(wanted.map(piece)).then(function (found) {
      if (mine !== turn) { return; }
      var seen = {}, people = [];
      found.forEach(function (rows) {
        rows.forEach(function (person) {
          if (seen[person.id]) { return; }
          seen[person.id] = true;
          var score = Math.max.apply(null, person.spellings.map(function (one) {
            return answers(asked, held, one);
          }));
          if (score > 0) { people.push([score, person]); }
        });
      });
      people.sort(function (a, b) {
        return b[0] - a[0] || (a[1].spellings[0] < b[1].spellings[0] ? -1 : 1);
      });
      show(people.map(function (two) { return two[1]; }), common);
    }, function () { if (mine === turn) { say("failed"); } });
  }

  function ask() {
    if (setting) { search(); return; }
    var first = !plain.length;
    plain = [search];
    if (first) { load("setting", function () { plain = []; say("failed"); }); }
  }
  form.hidden = false;
  var soon;
  form.addEventListener("submit", function (event) {
    event.preventDefault();
    clearTimeout(soon);
    ask();
  });
  box.addEventListener("input", function () {
    clearTimeout(soon);
    soon = setTimeout(ask, 250);
  });
}());
