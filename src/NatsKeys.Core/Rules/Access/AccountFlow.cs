using NatsKeys.Claims;
using NatsKeys.Jwt;

namespace NatsKeys.Rules;

/// <summary>The imports and mappings of one account through which messages pass, as servers of a version use them.</summary>
internal sealed class AccountFlow
{
    private static readonly HashSet<string> Dropping =
    [
        ValidationRules.ImportTwice.Name, ValidationRules.ImportSubject.Name, ValidationRules.ImportRename.Name, ValidationRules.ImportExporter.Name,
        ValidationRules.ImportNotExported.Name, ValidationRules.ImportForeignKey.Name, ValidationRules.ImportNotActivated.Name,
    ];

    /// <param name="account">The account.</param>
    /// <param name="checks">Determines which imports of the account servers drop.</param>
    /// <param name="server">The version of the servers.</param>
    public AccountFlow(AccountNode account, ImportChecks checks, ServerVersion server)
    {
        Account = account;
        var findings = new Findings(server);
        if (account.Claims.Imports.Count > 0)
        {
            ImportUse.Check(account.Claims, findings);
            checks.Check(account, findings);
        }

        ILookup<string, string> rules = findings.All.ToLookup(finding => finding.Claim, finding => finding.Rule);
        Imports =
        [
            .. from item in account.Claims.Imports.Index()
               where !item.Item.IsNull
               let found = rules[new ClaimPath("imports", item.Index).ToString()]
               where !found.Any(Dropping.Contains)
               select new ImportFlow(this, item, found.Contains(ValidationRules.ImportCircle.Name), server),
        ];
        Mappings =
        [
            .. from mapping in account.Claims.Mappings
               where Subjects.IsWellFormed(mapping.Key) && !MappingRules.IsDropped(mapping.Key, mapping.Value, server)
               from target in mapping.Value
               select new MappingFlow(this, mapping.Key, target.Subject ?? "", server),
        ];
        MappedAway = SubjectSet.Of(
            account.Claims.Mappings.Where(mapping => Mappings.Exists(used => used.Source == mapping.Key) && !MappingRules.LeavesSome(mapping.Value))
            .Select(mapping => mapping.Key));
    }

    /// <summary>The account.</summary>
    public AccountNode Account { get; }

    /// <summary>The imports that servers use.</summary>
    public List<ImportFlow> Imports { get; }

    /// <summary>The targets of mappings that servers use.</summary>
    public List<MappingFlow> Mappings { get; }

    /// <summary>The subjects whose messages are all mapped to other subjects.</summary>
    public SubjectSet MappedAway { get; }

    /// <summary>Returns the account without activations that have expired: servers treat these as missing.</summary>
    public static AccountNode InTime(AccountNode account, DateTimeOffset now)
    {
        bool IsOver(AccountImport import) => !string.IsNullOrEmpty(import.Token)
            && JwtReader.TryRead(import.Token) is { } token && UnixTime.IsExpired(token.Claims.Expires, now.ToUnixTimeSeconds());
        if (!account.Claims.Imports.Any(IsOver))
        {
            return account;
        }

        AccountClaims claims = ClaimCopier.Copy(account.Claims);
        foreach (AccountImport import in claims.Imports.Where(IsOver))
        {
            import.Token = null;
        }

        return account with { Claims = claims };
    }
}

/// <summary>An import that servers use.</summary>
internal sealed class ImportFlow
{
    public ImportFlow(AccountFlow owner, (int Index, AccountImport Import) item, bool isInCircle, ServerVersion server)
    {
        AccountImport import = item.Import;
        (Owner, Index, Exporter, IsService) = (owner, item.Index, import.Account ?? "", import.Type == "service");
        (string local, string foreign) = ImportUse.SubjectsOf(import);
        Map = SubjectMap.OfImport((local, foreign), IsService, server);
        Foreign = foreign;
        IsCertain = Map.IsExact && !isInCircle;
        Step = new AccessStep(AccessStepKind.Import, owner.Account, local);
    }

    /// <summary>The importing account.</summary>
    public AccountFlow Owner { get; }

    /// <summary>Its position in the account's list.</summary>
    public int Index { get; }

    /// <summary>The key of the exporting account.</summary>
    public string Exporter { get; }

    /// <summary>Whether it is a service. Otherwise it is a stream.</summary>
    public bool IsService { get; }

    /// <summary>Converts the subjects of messages.</summary>
    public SubjectMap Map { get; }

    /// <summary>The subjects in its own account.</summary>
    public SubjectSet Local => IsService ? Map.Source : Map.Image(Map.Source);

    /// <summary>Whether servers are certain to use it. In a cycle of imports, they drop one.</summary>
    public bool IsCertain { get; }

    /// <summary>The step, for display.</summary>
    public AccessStep Step { get; }

    /// <summary>The subject on the exporter's side.</summary>
    public string Foreign { get; }
}

/// <summary>A target of a mapping that servers use.</summary>
internal sealed class MappingFlow(AccountFlow owner, string source, string target, ServerVersion server)
{
    /// <summary>The account.</summary>
    public AccountFlow Owner { get; } = owner;

    /// <summary>The source.</summary>
    public string Source { get; } = source;

    /// <summary>Converts the subjects of messages.</summary>
    public SubjectMap Map { get; } = SubjectMap.OfMapping(source, target, server);

    /// <summary>The step, for display.</summary>
    public AccessStep Step { get; } = new(AccessStepKind.Mapping, owner.Account, $"{source} to {target}");
}
