// Finds what points at a person in a text, by the server's own rules, before anything is sent.
"use strict";
globalThis.personuppgifter = (rules) => {
  const again = ({ source, flags }) => new RegExp(source, `${flags}g`);
  const whole = ({ source, flags }) => new RegExp(`^(?:${source})$`, flags);
  const every = (patterns, text) => patterns.flatMap((one) => [...text.matchAll(one)]);
  const { patterns } = rules;
  const invisible = new RegExp(patterns.invisible.source, patterns.invisible.flags);
  const loose = new RegExp(patterns.loose.source, patterns.loose.flags);
  const dateAndYear = whole(patterns.date_and_year);
  const clock = whole(patterns.clock);
  const number = again(patterns.number);
  const spread = patterns.spread.map(again);
  const [hidden, email, address] = ["protected", "email", "address"].map((n) => again(patterns[n]));
  const conditions = patterns.conditions.map(again);
  const functions = new Set(rules.functions);
  const digitOf = (point) => {
    const zero = rules.zeros.findLast((one) => one <= point);
    return zero !== undefined && point - zero < 10 ? String(point - zero) : null;
  };

  const inPlainDigits = (text) =>
    [...text].map((one) => digitOf(one.codePointAt(0)) ?? one).join("");
  const findPhones = globalThis.telefonnummer(rules.phone, inPlainDigits);

  // The text as the server reads it: nothing invisible, letters composed, no mark on nothing, digits
  // plain if asked for. `from` says for every place of it where that stood; the last one is the end.
  function read(text, hasPlainDigits) {
    const seen = [];
    let at = 0;
    for (const character of text) {
      if (!invisible.test(character)) seen.push([character, at]);
      at += character.length;
    }
    let seenAs = "";
    const from = [];
    for (let first = 0; first < seen.length; ) {
      let next = first + 1;
      while (next < seen.length && /[\p{M}\u1160-\u11ff]/u.test(seen[next][0])) next += 1;
      const letters = seen.slice(first, next).map(([character]) => character);
      for (const character of letters.join("").normalize("NFC")) {
        if (loose.test(character)) continue;
        const written = hasPlainDigits ? inPlainDigits(character) : character;
        seenAs += written;
        for (let unit = 0; unit < written.length; unit += 1) from.push(seen[first][1]);
      }
      first = next;
    }
    return { seenAs, from: [...from, text.length] };
  }

  // Where in the text itself a span of a reading stands, invisible characters at its end included.
  function placed({ from }, one) {
    const last = from[one.end - 1];
    return { ...one, start: from[one.start], end: from.find((place) => place > last) };
  }

  function hasCheckDigit(digits) {
    const total = [...digits].reduce((sum, digit, place) => {
      const value = Number(digit) * (place % 2 === 0 ? 2 : 1);
      return sum + (value > 9 ? value - 9 : value);
    }, 0);
    return total % 10 === 0;
  }

  function isPast(year, month, day, today) {
    const date = new Date(Date.UTC(year, month - 1, day));
    const isReal = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
    return isReal && date.toISOString().slice(0, 10) <= today;
  }

  function kindOf(value, today) {
    const century = value.slice(0, -10);
    const digits = value.slice(-10);
    if (century !== "" && !rules.centuries.includes(century)) return null;
    if (digits.slice(-4).startsWith("000") || !hasCheckDigit(digits)) return null;
    const day = Number(digits.slice(4, 6));
    const isCoordination = day > 60;
    const month = Number(digits.slice(2, 4));
    const isPossible = (century ? [century] : rules.centuries).some((first) =>
      isPast(Number(first + digits.slice(0, 2)), month, day - (isCoordination ? 60 : 0), today),
    );
    if (!isPossible) return null;
    return isCoordination ? "coordination_number" : "personal_number";
  }

  function compact(plain, today) {
    const found = [];
    number.lastIndex = 0;
    for (let match = number.exec(plain); match; match = number.exec(plain)) {
      const { century, year, month, day, serial } = match.groups;
      const value = (century ?? "") + year + month + day + serial;
      const kind = dateAndYear.test(match[0]) ? null : kindOf(value, today);
      const end = match.index + match[0].length;
      if (kind) found.push({ kind, start: match.index, end });
      number.lastIndex = kind ? end : match.index + 1;
    }
    return found;
  }

  function setApart(plain, today) {
    return every(spread, plain).flatMap((match) => {
      const digits = match.groups.digits;
      const start = match.index + match[0].length - digits.length; // they end the match
      const places = [...digits.matchAll(/[0-9]/gu)];
      for (const count of [12, 10]) {
        const end = start + places[Math.min(count, places.length) - 1].index + 1;
        const value = places.slice(0, count).join("");
        const kind = /[0-9]/u.test(plain.slice(end, end + 1)) ? null : kindOf(value, today);
        if (kind) return [{ kind, start, end }];
      }
      return [];
    });
  }

  const overlaps = (one, others) =>
    others.some((other) => one.start < other.end && other.start < one.end);

  function numbersIn(plain, today) {
    const close = compact(plain, today);
    const isTaken = (place) => close.some((one) => one.start <= place && place < one.end);
    const apart = setApart(plain, today);
    return [...close, ...apart.filter((one) => !isTaken(one.start) && !isTaken(one.end - 1))];
  }

  function emailsIn(plain) {
    return [...plain.matchAll(email)].flatMap((match) => {
      const name = match.groups.name.toLowerCase();
      const domain = match.groups.domain.toLowerCase();
      const last = domain.split(".").pop();
      if (!/^\p{L}{2,24}$/u.test(last) || functions.has(name)) return [];
      const parts = domain.split(".").map((_, at, all) => all.slice(at).join("."));
      const isPublic =
        rules.public.addresses.includes(`${name}@${domain}`) ||
        parts.some((part) => rules.public.domains.includes(part));
      const end = match.index + match[0].length;
      return [{ kind: "email", start: match.index, end, isPublic }];
    });
  }

  function phonesIn(plain) {
    const isPublic = (number) => rules.public.numbers.some((one) => `${number}$`.startsWith(one));
    return findPhones(plain)
      .filter(({ start, end }) => !clock.test(plain.slice(start, end).trim()))
      .map((one) => ({ kind: "phone", ...one, isPublic: isPublic(one.number) }));
  }

  const spans = (kind, some, text) =>
    every(some, text).map((m) => ({ kind, start: m.index, end: m.index + m[0].length }));

  // What is found: `sure` is what the server turns a question back for, the rest may be anybody's.
  function find(text, today) {
    const plain = read(text, true);
    const written = read(text, false);
    const numbers = numbersIn(plain.seenAs, today).map((one) => placed(plain, one));
    const [contacts, addresses, cues, told] = [
      [...emailsIn(written.seenAs), ...phonesIn(written.seenAs)],
      spans("address", [address], written.seenAs),
      spans("cue", [hidden], written.seenAs),
      spans("told", conditions, written.seenAs),
    ].map((some) => some.map((one) => placed(written, one)));
    const isHidden = cues.length > 0 && contacts.length + addresses.length > 0;
    const beside = [...(isHidden ? cues : []), ...(contacts.length ? told : [])];
    const pointing = [
      ...contacts.filter((one) => beside.length > 0 || !one.isPublic),
      ...(isHidden ? addresses : []),
    ].map((one) => ({ ...one, sure: beside.length > 0 }));
    const because = [...new Set(beside.map((one) => text.slice(one.start, one.end)))];
    return [
      ...numbers.map((one) => ({ ...one, because: [], sure: true })),
      ...pointing.filter((one) => !overlaps(one, numbers)).map((one) => ({ ...one, because })),
    ]
      .sort((one, other) => one.start - other.start || one.end - other.end)
      .filter((one, place, all) => !overlaps(one, all.slice(0, place)))
      .map(({ kind, start, end, because: why, sure }) => ({
        kind, start, end, because: why, sure, words: text.slice(start, end),
      }));
  }

  // The text with every find as a neutral word, until the server would find nothing.
  function mask(text, today, words) {
    let masked = text;
    for (let round = 0; round < 9; round += 1) {
      const found = find(masked, today);
      if (found.length === 0) break;
      for (const one of found.reverse()) {
        masked = masked.slice(0, one.start) + words[one.kind] + masked.slice(one.end);
      }
    }
    return masked;
  }

  return { find, mask };
};
