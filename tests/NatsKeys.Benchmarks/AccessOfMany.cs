using BenchmarkDotNet.Attributes;
using NatsKeys.Claims;
using NatsKeys.Editing;
using NatsKeys.Inspection;
using NatsKeys.Rules;
using NatsKeys.Signing;
using NatsKeys.Store;

namespace NatsKeys.Benchmarks;

/// <summary>
/// Who can publish one subject, among 10,000 users with 200 roles in 50 accounts that import from each other, read from disk; and the comparison of
/// that store with another one, and with an earlier state of its own. No other tool has a figure. Half of the roles have templates that are other
/// ones for each user.
/// </summary>
[MemoryDiagnoser]
public class AccessOfMany
{
    private const int Accounts = 50;
    private const int Roles = 4;
    private const int UsersOfRole = 50;
    private StoreOnDisk? disk;
    private StoreOnDisk? other;
    private StoreOnDisk? copy;

    [GlobalSetup]
    public void Prepare()
    {
        (disk, other, copy) = (Make(Accounts), Make(Accounts - 1), new StoreOnDisk());
        disk.CopyTo(copy);
        using var editor = new EntityEditor(copy.Store);
        editor.Change(new EntityPath("O", "acc7"), SigningKeyChoice.Default, entity =>
            ((NatsAccount)entity).Claims.SigningKeys.First(key => key.Role == "r0").Template.Pub.Allow.Add("new.>"));
    }

    [Benchmark(Description = "Who can publish one subject, in any account")]
    public int Ask() => Answers(SubjectPattern.TryParse("pub.7.cmd.u7-2-5")!, target: null);

    [Benchmark(Description = "The same, in one account")]
    public int AskOne() => Answers(SubjectPattern.TryParse("pub.7.cmd.u7-2-5")!, new EntityPath("O", "acc7"));

    [Benchmark(Description = "Compare two stores of 10,000 users")]
    public int Compare() => new AccessComparer(other!.Store, disk!.Store, fault => throw fault).Compare("O").Count();

    [Benchmark(Description = "Compare with an earlier state of which one role differs")]
    public int CompareCopy() => new AccessComparer(disk!.Store, copy!.Store, fault => throw fault).Compare("O").Count();

    [GlobalCleanup]
    public void Clean()
    {
        disk?.Delete();
        other?.Delete();
        copy?.Delete();
    }

    private int Answers(SubjectPattern subject, EntityPath? target)
    {
        NatsOperator owner = disk!.Store.ReadOperators(fault => throw fault).Single();
        AccessSnapshot snapshot = AccessSnapshot.Read(owner, includesUsers: true, ServerVersions.NewestKnown, TimeProvider.System.GetUtcNow(),
            fault => throw fault);
        return new AccessQuestion(AccessDirection.Publish, subject) { Account = target }.Ask(snapshot).Count();
    }

    private static StoreOnDisk Make(int withNew)
    {
        var disk = new StoreOnDisk();
        using var editor = new EntityEditor(disk.Store);
        var keys = new Dictionary<int, string>();
        for (int account = 0; account < Accounts; account++)
        {
            NatsAccount made = editor.CreateAccount(new NewEntity($"acc{account}"), new EntityPath("O"));
            keys[account] = made.Subject!;
            for (int role = 0; role < Roles; role++)
            {
                var template = new UserPermissions
                {
                    Pub = new SubjectPermission { Allow = [.. Allowed(account, role), .. account >= withNew ? ["new.>"] : Array.Empty<string>()],
                        Deny = ["secret.>"] },
                    Sub = new SubjectPermission { Allow = ["pub.>", "_INBOX.>"] },
                };
                NatsSigningKey key = editor.AddSigningKey(made.Path, Keys.NatsKeyPair.Generate(Keys.NatsKeyType.Account), SigningKeyChoice.Default,
                    new NewScope($"r{role}", template, Description: null));
                for (int user = 0; user < UsersOfRole; user++)
                {
                    editor.CreateUser(new NewEntity($"u{account}-{role}-{user}") { SigningKey = SigningKeyChoice.Named(key.PublicKey) }, made.Path);
                }
            }
        }

        for (int account = 0; account < Accounts; account++)
        {
            int number = account;
            editor.Change(new EntityPath("O", $"acc{account}"), SigningKeyChoice.Default, entity =>
            {
                AccountClaims claims = ((NatsAccount)entity).Claims;
                claims.Exports.Add(new AccountExport { Name = "stream", Subject = $"pub.{number}.>", Type = "stream" });
                claims.Exports.Add(new AccountExport { Name = "service", Subject = $"svc.{number}.*", Type = "service" });
                foreach (int from in new[] { 1, 7, 13 }.Select(distance => (number + distance) % Accounts))
                {
                    claims.Imports.Add(new AccountImport { Name = $"p{from}", Subject = $"pub.{from}.>", Account = keys[from], Type = "stream" });
                    claims.Imports.Add(new AccountImport { Name = $"s{from}", Subject = $"svc.{from}.*", Account = keys[from], Type = "service" });
                }
            });
        }

        return disk;
    }

    private static string[] Allowed(int account, int role) => role switch
    {
        0 => [$"pub.{account}.>", "svc.*.*"],
        1 => ["tele.{{name()}}.>"],
        2 => [$"pub.{account}.cmd.{{{{name()}}}}", $"svc.{account}.x"],
        _ => [">"],
    };
}
