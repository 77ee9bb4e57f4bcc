using System.Runtime.CompilerServices;
using NatsKeys.Claims;
using NatsKeys.Inspection;
using NatsKeys.Rules;
using NatsKeys.Store;

namespace NatsKeys.Server;

/// <summary>
/// Compares the imports, exports and mappings in the tokens of accounts with those that running servers use. A server silently drops some of them,
/// and servers differ: one may not have the exporter yet. The validation rules, applied for the server's version and its accounts, explain why.
/// </summary>
/// <param name="client">The client of the servers.</param>
/// <param name="owner">The operator.</param>
internal sealed class EffectiveComparer(SystemAccountClient client, NatsOperator owner)
{
    private const string Unexplained = "The server does not report a reason, and no known rule explains it.";

    // Each exporter is requested only once: imports may form a cycle.
    private readonly Dictionary<string, IReadOnlyList<UsedAccount>> known = new(StringComparer.Ordinal);
    private readonly Dictionary<string, NatsAccount?> stored = new(StringComparer.Ordinal);

    /// <summary>Compares accounts, in pages.</summary>
    /// <param name="accounts">The accounts.</param>
    /// <param name="cancellation">Cancels the wait.</param>
    /// <returns>For each account and server, all imports, exports and mappings in the server's token or in use by the server.</returns>
    public async IAsyncEnumerable<EffectiveClaim> CompareAsync(
        IEnumerable<NatsAccount> accounts, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        foreach (NatsAccount[] page in accounts.Chunk(AccountPublisher.PageSize))
        {
            await client.RefreshAsync(cancellation).ConfigureAwait(false);
            await LearnAsync(page.Select(account => account.Subject!), cancellation).ConfigureAwait(false);
            foreach (EffectiveClaim claim in page.SelectMany(account => known[account.Subject!].SelectMany(used => Compare(account, used))))
            {
                yield return claim;
            }
        }
    }

    /// <summary>Requests accounts and all accounts from which they import, directly or through other accounts.</summary>
    private async Task LearnAsync(IEnumerable<string> publicKeys, CancellationToken cancellation)
    {
        for (string[] next = Unknown(publicKeys); next.Length > 0;)
        {
            var found = new List<IReadOnlyList<UsedAccount>>();
            foreach (string[] some in next.Chunk(AccountPublisher.PageSize))
            {
                found.AddRange(await Task.WhenAll(some.Select(key => client.UsedAsync(key, cancellation))).ConfigureAwait(false));
            }

            foreach ((string key, IReadOnlyList<UsedAccount> used) in next.Zip(found))
            {
                known[key] = used;
            }

            next = Unknown(found.SelectMany(used => used).SelectMany(used => used.Claims?.Imports ?? [])
                .Where(import => !import.IsNull).Select(import => import.Account).OfType<string>()
                .Where(key => Keys.PublicNkey.Is(key, Keys.NatsKeyType.Account)));
        }
    }

    private string[] Unknown(IEnumerable<string> publicKeys) =>
        [.. publicKeys.Where(key => !known.ContainsKey(key)).Distinct(StringComparer.Ordinal)];

    private IEnumerable<EffectiveClaim> Compare(NatsAccount account, UsedAccount used)
    {
        var whole = new EffectiveClaim(
            ServerAccount.Of(account).Name, account.Subject!, used.Server, EffectiveKind.Account, EffectiveState.NotLoaded)
        {
            TokenState = used.Token is { } token
                ? AccountComparer.StateOf(owner, account, new HeldToken(used.Server.Name, token, IsThere: true))
                : ServerAccountState.NotTold,
        };
        if (!used.IsLoaded)
        {
            return [whole with { Reason = "No client of this server uses the account now." }];
        }

        if (used.Claims is not { } claims)
        {
            return [whole with { State = EffectiveState.Different, Reason = "The server does not report which token of the account it uses." }];
        }

        EffectiveClaim[] expired = used.IsExpired
            ? [whole with { State = EffectiveState.Dropped, Reason = "The account has expired on the server, so its clients cannot connect." }]
            : [];
        IReadOnlyList<Finding> findings = Explain(used, claims);
        return
        [
            .. expired,
            .. Imports(whole, used, claims, findings),
            .. Exports(whole, used, claims, findings),
            .. Mappings(whole, used, claims, findings),
        ];
    }

    private IEnumerable<EffectiveClaim> Imports(EffectiveClaim whole, UsedAccount used, AccountClaims claims, IReadOnlyList<Finding> findings)
    {
        List<UsedImport> left = used.Imports();
        for (int index = 0; index < claims.Imports.Count; index++)
        {
            AccountImport import = claims.Imports[index];
            if (import.IsNull)
            {
                continue;
            }

            (string local, string foreign) = ImportUse.SubjectsOf(import);
            EffectiveClaim claim = whole with
            {
                Kind = EffectiveKind.Import,
                Claim = new ClaimPath("imports", index).ToString(),
                Type = TypeOf(import.Type),
                Subject = foreign,
                LocalSubject = local,
                From = NameOf(import.Account),
                State = EffectiveState.Used,
            };
            int place = left.FindIndex(one => one.Is(import));
            if (place >= 0)
            {
                left.RemoveAt(place);
                yield return claim;
            }
            else
            {
                yield return IsMissing(import.Account, used.Server)
                    ? claim with
                    {
                        State = EffectiveState.Dropped,
                        Rule = ValidationRules.ImportExporter.Name,
                        Reason = $"The server does not have the exporting account {claim.From}.",
                    }
                    : ImportUse.EndOf(import) is { } end && end <= owner.Store.Clock.GetUtcNow()
                    ? claim with
                    {
                        State = EffectiveState.Dropped,
                        Rule = AuditRules.ActivationExpired.Name,
                        Reason = $"The activation of the import expired at {end:u}.",
                    }
                    : Dropped(claim, findings, used);
            }
        }

        // Every account imports from the system account, although its token does not state this.
        foreach (UsedImport import in left.Where(import => import.Exporter != owner.Claims.SystemAccount || import.Type != "service"))
        {
            yield return whole with
            {
                Kind = EffectiveKind.Import,
                State = EffectiveState.NotStated,
                Type = TypeOf(import.Type),
                Subject = import.Subject,
                LocalSubject = import.Other,
                From = NameOf(import.Exporter),
            };
        }
    }

    private IEnumerable<EffectiveClaim> Exports(EffectiveClaim whole, UsedAccount used, AccountClaims claims, IReadOnlyList<Finding> findings)
    {
        List<UsedExport> left = used.Exports();
        for (int index = 0; index < claims.Exports.Count; index++)
        {
            AccountExport export = claims.Exports[index];
            if (export.IsNull)
            {
                continue;
            }

            EffectiveClaim claim = whole with
            {
                Kind = EffectiveKind.Export,
                Claim = new ClaimPath("exports", index).ToString(),
                Type = TypeOf(export.Type),
                Subject = export.Subject,
                State = EffectiveState.Used,
            };
            int place = left.FindIndex(one => one.Type == export.Type && one.Subject == export.Subject);
            if (place < 0)
            {
                yield return Dropped(claim, findings, used);
                continue;
            }

            yield return left[place].IsPrivate == export.TokenReq ? claim : claim with
            {
                State = EffectiveState.Different,
                Reason = export.TokenReq ? "The server allows every account to import it." : "The server requires an activation.",
            };
            left.RemoveAt(place);
        }

        // The system account has exports that its token does not state.
        foreach (UsedExport export in left.Where(_ => claims.Subject != owner.Claims.SystemAccount))
        {
            yield return whole with
            {
                Kind = EffectiveKind.Export, State = EffectiveState.NotStated, Type = TypeOf(export.Type), Subject = export.Subject,
            };
        }
    }

    private static IEnumerable<EffectiveClaim> Mappings(
        EffectiveClaim whole, UsedAccount used, AccountClaims claims, IReadOnlyList<Finding> findings)
    {
        Dictionary<string, string[]> left = used.Mappings();
        foreach ((string source, ClaimList<WeightedMapping> targets) in claims.Mappings)
        {
            string[] stated = [.. targets.Select(target => target.Subject).OfType<string>()];
            EffectiveClaim claim = whole with
            {
                Kind = EffectiveKind.Mapping,
                Claim = MappingRules.Place(source),
                Subject = source,
                Targets = stated,
                State = EffectiveState.Used,
            };
            if (!left.Remove(source, out string[]? installed))
            {
                yield return Dropped(claim, findings, used);
                continue;
            }

            string[] missing = [.. stated.Except(installed, StringComparer.Ordinal)];
            yield return missing.Length == 0 ? claim : claim with
            {
                State = EffectiveState.Different,
                Reason = $"The server does not use these targets: {string.Join(", ", missing)}.",
            };
        }

        foreach ((string source, string[] targets) in left)
        {
            yield return whole with { Kind = EffectiveKind.Mapping, State = EffectiveState.NotStated, Subject = source, Targets = targets };
        }
    }

    private static EffectiveClaim Dropped(EffectiveClaim claim, IReadOnlyList<Finding> findings, UsedAccount used)
    {
        Finding? finding = findings.FirstOrDefault(one =>
            one.Severity is FindingSeverity.Error or FindingSeverity.Time
            && (one.Claim == claim.Claim || one.Claim.StartsWith($"{claim.Claim}.", StringComparison.Ordinal)));
        return claim with
        {
            State = EffectiveState.Dropped,
            Rule = finding?.Rule,
            Reason = finding?.Message ?? used.Issues().FirstOrDefault(issue => issue.Contains($"\"{claim.Subject}\"", StringComparison.Ordinal))
                ?? Unexplained,
        };
    }

    /// <summary>Gets the findings of the rules about a token, for the server's version and the accounts that it has.</summary>
    private IReadOnlyList<Finding> Explain(UsedAccount used, AccountClaims claims)
    {
        DateTimeOffset now = owner.Store.Clock.GetUtcNow();
        var findings = new Findings(ServerVersion.TryParse(used.Server.Version, out ServerVersion version) ? version : null);
        ClaimValidator.Check(claims, now, findings);
        ClaimUse.Check(claims, now, findings);
        AccountNode[] nodes = [.. known.Values
            .Select(accounts => accounts.FirstOrDefault(one => one.Server.Id == used.Server.Id)?.Claims).OfType<AccountClaims>()
            .Select(one => new AccountNode(Find(one.Subject!)?.Path.ToString() ?? $"account {one.Subject}", one, IsTaken: true))];
        new ImportChecks(nodes, owner.Claims, now).Check(nodes.First(node => node.Claims.Subject == claims.Subject), findings);
        return findings.All;
    }

    private bool IsMissing(string? exporter, ServerInformation server) =>
        known.GetValueOrDefault(exporter ?? "")?.FirstOrDefault(used => used.Server.Id == server.Id) is not { IsLoaded: true };

    private string? NameOf(string? publicKey) => publicKey is not null && Find(publicKey) is { } account
        ? $"{account.Operator}/{account.Name}"
        : publicKey;

    private NatsAccount? Find(string publicKey)
    {
        if (!stored.TryGetValue(publicKey, out NatsAccount? account))
        {
            stored[publicKey] = account = Keys.PublicNkey.Is(publicKey, Keys.NatsKeyType.Account)
                ? owner.Store.FindAccountByKey(owner.Name, publicKey)
                : null;
        }

        return account;
    }

    private static string? TypeOf(string? type) => type switch { "stream" => "Stream", "service" => "Service", _ => type };
}
