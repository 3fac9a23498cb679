// Names as they are found: what `pluc.folding.plain` does, in the browser. Kept alike by a test.

const UNSEEN = /[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0\u{e0100}-\u{e01ef}]|\p{Cf}/gu;
const APOSTROPHES = /[\u2018\u2019\u201b\u02bb\u02bc\u02b9\u2032\u00b4`\uff07]/g;
const HYPHENS = /[\u2010-\u2015\u2212\ufe63\uff0d]/g;
const LETTERS = { ø: "o", đ: "d", ł: "l", ı: "i", ħ: "h", ŧ: "t", æ: "ae", œ: "oe", þ: "th", ð: "d", ß: "ss" };

const fold = (text) =>
  text
    .replace(UNSEEN, "")
    .replace(APOSTROPHES, "'")
    .replace(HYPHENS, "-")
    .normalize("NFD")
    .toLowerCase()
    .normalize("NFKC")
    .trim()
    .replace(/\s+/g, " ")
    .replace(/ ?- ?/g, "-");

globalThis.plain = (text) =>
  fold(fold(text))
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replace(/[øđłıħŧæœþðß]/g, (letter) => LETTERS[letter]);

// The words that somebody looks for; each has to begin a word of whom they mean.
globalThis.wordsOf = (text) => globalThis.plain(text).split(/[^\p{L}\p{N}]+/u).filter(Boolean);
