using NatsKeys.Jwt;
using NatsKeys.Keys;
using NatsKeys.Store;

namespace NatsKeys.Editing;

/// <summary>
/// The tokens that the owner of a key gets on the way. Servers need the one with both keys before they learn of what the new key signed, and the one
/// without the old key after it; where the old key leaked there is the latter alone, and it comes first.
/// </summary>
/// <param name="editor">The editor of the store.</param>
/// <param name="owner">A draft of the owner.</param>
/// <param name="signer">The key that signs the owner.</param>
internal sealed class OwnerTokens(EntityEditor editor, NatsEntity owner, ISigner signer)
{
    private readonly List<(string Token, string Reason)> tokens = [];
    private byte[] signed = ClaimJson.WishOf(JwtReader.ReadUnchecked(owner.Jwt!).Claims);
    private EntityDocument document = owner.Document;

    /// <summary>The owner with the last of its tokens.</summary>
    public NatsEntity Last => editor.Store.Make(owner.Path, document, owner.Above);

    /// <summary>Signs the owner's claims as they are now, unless they are signed like that already.</summary>
    public void Sign(string reason)
    {
        byte[] wish = ClaimJson.WishOf(owner.Wanted);
        if (wish.SequenceEqual(signed))
        {
            return;
        }

        document = editor.Resign(owner, signer);

        // The next token must be later than this one.
        owner.Wanted.IssuedAt = document.Wanted.IssuedAt;
        signed = wish;
        tokens.Add((document.Jwt!, reason));
    }

    /// <summary>Has servers told of a token that an earlier run signed: whether they learned of it nobody knows.</summary>
    public void TellAgain(string reason)
    {
        if (tokens.Count == 0)
        {
            tokens.Add((document.Jwt!, reason));
        }
    }

    /// <summary>Keeps the last token.</summary>
    public void Save(StoreChange edit)
    {
        if (tokens.Count > 0)
        {
            edit.Save(owner.Path, document);
        }
    }

    /// <summary>What servers must learn of: the owner, and the accounts that were signed with it.</summary>
    public ServerUpdate[] InOrder(IEnumerable<(NatsEntity Entity, string Token, string Reason)> accounts, bool ownerFirst)
    {
        NatsEntity last = Last;
        IEnumerable<(NatsEntity Entity, string Token, string Reason)> own = tokens.Select(token => (last, token.Token, token.Reason));
        int before = ownerFirst ? tokens.Count : tokens.Count - 1;
        return ServerUpdate.InOrder(own.Take(before).Concat(accounts).Concat(own.Skip(before)));
    }
}
