-- shouting.lua: comments in capital letters, and too many exclamation marks.

function judge(comment)
	local letters, capitals = 0, 0
	for letter in comment.body:gmatch("%a") do
		letters = letters + 1
		if letter:match("%u") then capitals = capitals + 1 end
	end
	local _, marks = comment.body:gsub("!!+", "")
	local share = letters >= 20 and 100 * capitals // letters or 0
	local features = { capitals = share, marks = marks }

	if share >= 70 then
		return 30, share .. "% of the letters are capitals", features
	elseif marks >= 3 then
		return 15, "shouts " .. marks .. " times", features
	end
	return 0, "", features
end
