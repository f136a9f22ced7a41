// A certified OpenID Connect provider on this machine: `node provider.mjs FOLDER PORT SERVICE`.
const [folder, port, service] = process.argv.slice(2);
const { Provider } = await import(`${folder}/node_modules/oidc-provider/lib/index.js`);
const people = {
  u1001: { name: "Prov Ett", roles: ["ai-rad"], groups: ["g-chef"], organisation: "staden" },
  u1002: { name: "Prov Två", roles: [], groups: [], organisation: "staden" },
  u1003: { name: "Prov Tre", roles: ["ai-rad"], groups: [], organisation: "annan" },
};
const provider = new Provider(`http://localhost:${port}`, {
  clients: [{
    client_id: "vagvisaren",
    client_secret: "prov-hemlighet-som-bara-finns-i-proven",
    redirect_uris: [`${service}/logga-in/svar`],
    post_logout_redirect_uris: [`${service}/utloggad`],
    backchannel_logout_uri: `${service}/logga-ut/tjanst`,
    backchannel_logout_session_required: true,
    response_types: ["code"],
    grant_types: ["authorization_code"],
  }],
  claims: { openid: ["sub"], profile: ["name", "roles", "groups", "organisation"] },
  scopes: ["openid", "profile"],
  pkce: { required: () => true },
  features: { devInteractions: { enabled: true }, backchannelLogout: { enabled: true } },
  cookies: { keys: ["prov"] },
  // Its own way out refuses loopback, where everything here is.
  fetch: (url, { dispatcher, ...options }) => globalThis.fetch(url, options),
  findAccount: (ctx, id) => ({ accountId: id, claims: () => ({ sub: id, ...people[id] }) }),
  async loadExistingGrant(ctx) { // consent is the city's matter, not each person's
    const { client, session } = ctx.oidc;
    const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
    grant.addOIDCScope("openid profile");
    await grant.save();
    return grant;
  },
});
provider.on("server_error", (ctx, error) => console.error(error));
provider.on("backchannel.error", (ctx, error) => console.error(error));
provider.listen(Number(port), "localhost", () => console.log("ready"));
