// Verifies a credential as a wallet would: with jose (panva) and bitstring (Digital Bazaar), which
// know nothing of us. A line of JSON each way: the token comes in; {"fetch": address} goes out and
// what it answers comes in; the last line out says what was found, or what is wrong.

import { createInterface } from "node:readline";
import { Bitstring } from "@digitalbazaar/bitstring";
import { decodeProtectedHeader, importJWK, jwtVerify } from "jose";

const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const heard = async () => JSON.parse((await lines.next()).value);
const say = (message) => process.stdout.write(JSON.stringify(message) + "\n");
const fetched = async (address) => {
  say({ fetch: address });
  return heard();
};

// What a token says, if the key signed it that its issuer has published.
async function verified(token) {
  const { alg, kid } = decodeProtectedHeader(token);
  const key = await importJWK(JSON.parse(await fetched(kid)), alg);
  const { payload } = await jwtVerify(token, key, { algorithms: ["RS256", "ES256"] });
  const issuer = payload.issuer.id ?? payload.issuer;
  if (payload.iss !== issuer) throw new Error("issued by another than it says");
  if (new URL(kid).origin !== new URL(issuer).origin) throw new Error("signed by another's key");
  if (payload.validUntil && new Date(payload.validUntil) < new Date()) throw new Error("too old");
  return payload;
}

async function isRevoked({ statusListCredential, statusListIndex, statusPurpose }) {
  const { credentialSubject: list } = await verified(await fetched(statusListCredential));
  if (list.statusPurpose !== statusPurpose) throw new Error("a list about something else");
  if (!list.encodedList.startsWith("u")) throw new Error("not in base 64");
  const buffer = await Bitstring.decodeBits({ encoded: list.encodedList.slice(1) });
  return new Bitstring({ buffer }).get(Number(statusListIndex));
}

try {
  const credential = await verified(await heard());
  const issuer = JSON.parse(await fetched(credential.issuer.id));
  say({
    types: credential.type,
    achievement: credential.credentialSubject.achievement.name,
    issuer: issuer.id === credential.issuer.id ? issuer.name : "",
    revoked: await isRevoked(credential.credentialStatus),
  });
} catch (error) {
  say({ error: error.code ?? error.message });
}
process.exit();
