// Finds phone numbers in text, step by step as libphonenumber's matcher does on the server.
"use strict";
globalThis.telefonnummer = (rules, inPlainDigits) => {
  const again = ({ source, flags }) => new RegExp(source, `${flags}g`);
  const whole = (source) => new RegExp(`^(?:${source})$`, "u");
  const whether = ({ source, flags }) => new RegExp(source, flags);
  const candidates = again(rules.candidate);
  const inner = rules.inner.map(again);
  const general = whole(rules.general);
  const kinds = rules.kinds.map(whole);
  const brackets = whole(rules.brackets.source);
  const [second, ending, pages, dates, stamp, stampEnd, lead, extension] = [
    "second", "ending", "pages", "dates", "stamp", "stampEnd", "lead", "extension",
  ].map((name) => whether(rules[name]));
  const longest = Math.max(...rules.lengths);
  const latin = /[\p{Script=Latin}\p{Mn}]/u;
  const sign = /[%\p{Sc}]/u;

  const trimmed = (text, pattern) => {
    const at = text.search(pattern);
    return at < 0 ? text : text.slice(0, at);
  };

  // Like the library: the zero goes unless the number only makes sense with it.
  function withoutZero(digits) {
    if (digits[0] !== "0") return digits;
    const rest = digits.slice(1);
    if (general.test(digits) && !general.test(rest)) return digits;
    return rules.lengths.includes(rest.length) ? rest : digits;
  }

  const isSwedish = (digits) => general.test(digits) && kinds.some((kind) => kind.test(digits));

  function callingCode(digits) {
    for (let length = 1; length <= 3; length += 1) {
      if (rules.codes[digits.slice(0, length)]) return digits.slice(0, length);
    }
    return null;
  }

  function isAbroadOrSwedish(digits) {
    const code = callingCode(digits);
    if (code === null) return null;
    const rest = digits.slice(code.length);
    if (code === "46") return isSwedish(withoutZero(rest)) ? `+46${withoutZero(rest)}` : "";
    const lengths = rules.codes[code];
    const fits = lengths.includes(rest.length) || lengths.includes(rest.replace(/^0/u, "").length);
    return fits ? `+${digits}` : "";
  }

  // The number in international form, or an empty text.
  function numberOf(candidate) {
    const bare = candidate.replace(extension, "");
    if (/[xXｘ]/u.test(bare)) return "";
    const hasPlus = /^[^+＋\p{Nd}]*[+＋]/u.test(bare);
    const digits = inPlainDigits(bare.replace(/\P{Nd}/gu, ""));
    if (digits.length < 2) return "";
    if (hasPlus || /^00[1-9]/u.test(digits)) {
      const found = isAbroadOrSwedish(hasPlus ? digits : digits.slice(2));
      if (found !== null) return found;
      if (!hasPlus) return "";
    }
    if (digits.startsWith("46")) {
      const rest = withoutZero(digits.slice(2));
      const isWhole = general.test(digits);
      if ((!isWhole && general.test(rest)) || digits.length > longest) {
        return isSwedish(rest) ? `+46${rest}` : "";
      }
    }
    const rest = withoutZero(digits);
    return rest !== digits && isSwedish(rest) ? `+46${rest}` : "";
  }

  function verified(text, candidate, start) {
    if (!brackets.test(candidate) || pages.test(candidate)) return null;
    const neighbours = [lead.test(candidate[0]) ? "" : text.slice(0, start).slice(-1)];
    neighbours.push(text.slice(start + candidate.length, start + candidate.length + 1));
    if (neighbours.some((one) => latin.test(one) || sign.test(one))) return null;
    const number = numberOf(candidate);
    return number ? { start, end: start + candidate.length, number } : null;
  }

  function within(text, candidate, start) {
    for (const pattern of inner) {
      let isFirst = true;
      pattern.lastIndex = 0;
      for (let group = pattern.exec(candidate); group; group = pattern.exec(candidate)) {
        if (isFirst) {
          const before = trimmed(candidate.slice(0, group.index), ending);
          const found = verified(text, before, start);
          if (found) return found;
          isFirst = false;
        }
        const at = group.index + group[0].length - group[1].length;
        const found = verified(text, trimmed(group[1], ending), start + at);
        if (found) return found;
        pattern.lastIndex = group.index + 1;
      }
    }
    return null;
  }

  function extracted(text, candidate, start) {
    if (dates.test(candidate)) return null;
    const after = text.slice(start + candidate.length);
    if (stamp.test(candidate) && after.search(stampEnd) === 0) return null;
    return verified(text, candidate, start) ?? within(text, candidate, start);
  }

  return (text) => {
    const found = [];
    candidates.lastIndex = 0;
    for (let match = candidates.exec(text); match; match = candidates.exec(text)) {
      const candidate = trimmed(match[0], second);
      const one = extracted(text, candidate, match.index);
      if (one) found.push(one);
      candidates.lastIndex = one ? one.end : match.index + Math.max(candidate.length, 1);
    }
    return found;
  };
};
