/* Search in the reader's own browser. What is typed is folded here, with the tables that Python
   made (find/setting.js), and only numbered pieces of the index are loaded. Nothing is sent. */
(function () {
  "use strict";
  var setting, pieces = {}, waiting = {}, vocabulary = {}, turn = 0, table = {}, plain = [];
  var MOST_FILES = 32, MOST_WORDS = 12;
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
  function place(key, count) {
    var found = 0x811c9dc5, at;
    for (at = 0; at < key.length; at += 1) {
      found = Math.imul(found ^ key.charCodeAt(at), 0x01000193) >>> 0;
    }
    return found % (count || setting.pieces);
  }
  function places(held, asked) {
    var common = new Set(), found = new Set(), rare = [], best = null;
    asked.forEach(function (run) {
      run.tokens.forEach(function (one) {
        if (setting.many.has(one)) { common.add(one); } else { rare.push([run, one]); }
      });
    });
    /* Each word must be found, so one word that is not common is enough: the longest. */
    held.forEach(function (_, at) {
      var own = rare.filter(function (two) {
        return two[0].start === at && two[0].end === at + 1;
      });
      var shared = asked.some(function (run) {
        return run.start === at && run.end === at + 1 &&
          run.tokens.some(function (one) { return setting.many.has(one); });
      });
      if (own.length && !shared &&
          (best === null || own[0][1].length > best.length)) {
        best = { at: at, length: own[0][1].length };
      }
    });
    rare.forEach(function (two) {
      if (best === null || (two[0].start <= best.at && best.at < two[0].end)) {
        found.add(place(two[1]));
      }
    });
    if (held.length === 1) { common.forEach(function (one) { found.add(place(one)); }); }
    if (best === null) {
      common = Array.from(common).sort();
      common.forEach(function (left, at) {
        common.slice(at + 1).forEach(function (right) { found.add(place(left + "-" + right)); });
      });
    }
    return files(Array.from(found));
  }
  /* A heavy piece goes on in further files. */
  function files(numbers) {
    var found = [];
    numbers.forEach(function (number) {
      var part, parts = setting.over[number] || 1;
      for (part = 0; part < parts; part += 1) { found.push(part ? number + "-" + part : number); }
    });
    return found.slice(0, MOST_FILES).map(function (name) { return once(name, pieces); });
  }
  function once(name, held) {
    return new Promise(function (done, failed) {
      if (held[name]) { done(held[name]); return; }
      if (!waiting[name]) {
        waiting[name] = [];
        load(name, function () { delete waiting[name]; failed(); });
      }
      waiting[name].push(done);
    });
  }
  function arrived(name, held) {
    (waiting[name] || []).forEach(function (done) { done(held[name]); });
  }
  window.dadkhahWords = function (number, words) {
    vocabulary["w" + number] = words;
    arrived("w" + number, vocabulary);
  };
  /* The words that begin as the last one typed does, so far as any have two letters in common. */
  function begun(held) {
    var starts = held.length ? tokens(held[held.length - 1]).filter(function (one) {
      return one.length > 1;
    }) : [];
    return Promise.all(starts.map(function (start) {
      var number = place(start.slice(0, 2), setting.words);
      return once("w" + number, vocabulary).then(function (words) {
        return words.filter(function (word) {
          return word.length > start.length && word.startsWith(start);
        }).slice(0, MOST_WORDS);
      });
    })).then(function (found) { return [].concat.apply([], found); });
  }
  window.dadkhahPiece = function (number, texts) {
    pieces[number] = texts.map(function (text) {
      var parts = text.split("|");
      return { id: parts[0], year: parts[1], spellings: parts.slice(2) };
    });
    arrived(number, pieces);
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
    say(many ? "common" : people.length ? (people.length > 60 ? "many" : "some") : "none",
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
    var asked = sorted(runs(held));
    say("wait");
    look(held, asked).then(function (people) {
      return people.length ? people : begun(held).then(function (more) {
        return more.length ? look(held, longer(held, asked, more)) : people;
      });
    }).then(function (people) {
      if (mine === turn) { show(people, shared(held, asked)); }
    }, function () { if (mine === turn) { say("failed"); } });
  }
  /* Whether all that was typed is one word that very many bear. */
  function shared(held, asked) {
    return held.length === 1 && asked[0].tokens.some(function (one) {
      return setting.many.has(one);
    });
  }
  /* What was asked, and the last word as the beginning of others. */
  function longer(held, asked, more) {
    return asked.map(function (run) {
      if (run.start !== held.length - 1) { return run; }
      return { start: run.start, end: run.end, tokens: run.tokens.concat(more) };
    });
  }
  function look(held, asked) {
    return Promise.all(places(held, asked)).then(function (found) {
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
      return people.map(function (two) { return two[1]; });
    });
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
